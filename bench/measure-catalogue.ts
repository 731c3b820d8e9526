import { parseArgs } from 'node:util'
import { listCategories } from '#db/catalog/list-categories.ts'
import { listCategoryProducts } from '#db/catalog/list-category-products.ts'
import { products } from '#db/catalog/schema.ts'
import { db, sql } from '#db/client.ts'
import { searchProducts } from '#db/search/search-products.ts'
import { suggest } from '#db/search/suggest.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { parseSearchQuery } from '#lib/domain/search-query.ts'
import { generateCatalogue } from './generate-catalogue.ts'

/** What one process saw in one catalogue; times in milliseconds, memory in MB. */
export type CatalogueFigures = {
  readonly pieces: number
  readonly search: Spread
  readonly suggest: Spread
  readonly categoryPage: Spread
  /** The slowest questions, by their median. */
  readonly slowest: readonly { readonly asked: string; readonly ms: number }[]
  /** Resident memory after a tenth of the searches, and after all of them. */
  readonly memory: { readonly searches: number; readonly beforeMb: number; readonly afterMb: number }
}
export type Spread = { readonly p50: number; readonly p95: number; readonly p99: number }

/** As shoppers ask: common and rare, several words, half words, slips, numbers, nonsense, one character. */
const QUESTIONS: readonly (readonly [Locale, string])[] = [
  ...(
    [
      'teapot',
      'bowl',
      'celadon',
      'moon jar',
      'celadon teapot',
      'matte black plate',
      'wide rice bowl',
      'stoneware',
      'wood-fired tenmoku cup',
      'pot with a lid',
      'GEN-4000-1',
      't',
      'te',
      'teap',
      'round te',
      'morv',
      'carved vase ka',
      'tepot',
      'celadn',
      'bwol',
      'matcah bowl',
      'celadon spaceship',
      'spaceship',
      'fglmbrt xyzzy',
      'the',
      '茶壶',
    ] as const
  ).map((asked) => ['en', asked] as const),
  ...(
    [
      'théière',
      'theiere',
      'bol à riz',
      'vase',
      'émail',
      'céladon',
      'théière céladon',
      'assiette plate',
      'thé',
      'g',
      'gob',
      'thei',
      'teiere',
      'assiete',
      'emial',
      'gobelet à facettes',
      'tasse martelé atelier',
      'vaisseau spatial',
    ] as const
  ).map((asked) => ['fr', asked] as const),
  ...(
    [
      '壶',
      '釉',
      '碗',
      '云',
      '茶壶',
      '青釉',
      '月亮罐',
      '青釉茶壶',
      '抹茶碗',
      '松雪',
      '柴烧 花瓶',
      '天目釉品茗杯',
      '黑盘',
      '宇宙飞船',
      'teapot',
    ] as const
  ).map((asked) => ['zh', asked] as const),
]

const { values } = parseArgs({
  options: {
    pieces: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '20' },
    searches: { type: 'string', default: '0' },
  },
})

const spread = (times: readonly number[]): Spread => {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

async function measureQuestions(
  rounds: number,
  ask: (locale: Locale, asked: string) => Promise<unknown>,
): Promise<Map<string, number[]>> {
  const times = new Map(QUESTIONS.map(([locale, asked]) => [`${locale}: ${asked}`, [] as number[]]))
  for (let round = -1; round < rounds; round += 1) {
    for (const [locale, asked] of QUESTIONS) {
      const ms = await timed(() => ask(locale, asked))
      // The first round fills the caches of the database and is not counted.
      if (round >= 0) times.get(`${locale}: ${asked}`)?.push(ms)
    }
  }
  return times
}

async function measureCategoryPages(rounds: number): Promise<Spread> {
  const [shelf] = await listCategories('en')
  if (!shelf) throw new Error('The catalogue has no shelf')
  const read = () => listCategoryProducts({ locale: 'en', category: shelf.slug, page: 1 })
  for (let warm = 0; warm < 20; warm += 1) await read()
  const times: number[] = []
  for (let round = 0; round < rounds * 10; round += 1) times.push(await timed(read))
  return spread(times)
}

const residentMb = () => {
  globalThis.gc?.()
  return process.memoryUsage.rss() / 1_048_576
}

async function measureMemory(searches: number) {
  let beforeMb = residentMb()
  for (let number = 0; number < searches; number += 1) {
    const [locale, asked] = QUESTIONS[number % QUESTIONS.length] ?? ['en', 'teapot']
    // Another question each time, so that a cache by question, were there one, would show.
    await searchProducts({ locale, query: parseSearchQuery(`${asked} ${number}`), page: 1 })
    if (number === Math.floor(searches / 10)) beforeMb = residentMb()
  }
  return { searches, beforeMb, afterMb: residentMb() }
}

const [pieces, rounds] = [Number(values.pieces), Number(values.rounds)]
if ((await db.$count(products)) === 0) {
  await generateCatalogue(db, pieces)
  await sql`vacuum analyze`
}
const search = await measureQuestions(rounds, (locale, asked) =>
  searchProducts({ locale, query: parseSearchQuery(asked), page: 1 }),
)
const suggested = await measureQuestions(rounds, (locale, asked) => suggest(parseSearchQuery(asked), locale))
const figures: CatalogueFigures = {
  pieces,
  search: spread([...search.values()].flat()),
  suggest: spread([...suggested.values()].flat()),
  categoryPage: await measureCategoryPages(rounds),
  slowest: [...search]
    .map(([asked, times]) => ({ asked, ms: spread(times).p50 }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 6),
  memory: await measureMemory(Number(values.searches)),
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
await sql.end()
