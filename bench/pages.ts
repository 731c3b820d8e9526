import { parseArgs } from 'node:util'
import { startBareApp } from './bare-app.ts'
import { type LoadResult, load, median } from './load.ts'

/**
 * How fast the static pages are beside a bare Next page, in one run, interleaved, one web process.
 * Needs the shop to run (`npm start`). `npm run bench:pages -- --shop http://localhost:3000 --rounds 5 --seconds 5`
 */
const { values } = parseArgs({
  options: {
    shop: { type: 'string', default: 'http://localhost:3000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
  },
})
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)]

const RATIO_AT_LEAST = 0.6
const P99_MS_AT_MOST = 60

const bare = await startBareApp(3890)
const pages = [
  { name: 'bare page', url: `${bare.url}/` },
  { name: 'home', url: `${values.shop}/en` },
  { name: 'category', url: `${values.shop}/en/category/tea` },
  { name: 'product', url: `${values.shop}/en/product/round-teapot` },
]
const at16 = new Map<string, LoadResult[]>(pages.map(({ name }) => [name, []]))
const at64 = new Map<string, LoadResult[]>(pages.map(({ name }) => [name, []]))
try {
  for (const { url } of pages) await load({ url, connections: 16, seconds: 2 })
  for (let round = 0; round < rounds; round++) {
    for (const { name, url } of pages) {
      at16.get(name)?.push(await load({ url, connections: 16, seconds }))
      at64.get(name)?.push(await load({ url, connections: 64, seconds }))
    }
  }
} finally {
  await bare.stop()
}

const of = (results: readonly LoadResult[] | undefined, pick: (result: LoadResult) => number) =>
  median((results ?? []).map(pick))
const yardstick = of(at16.get('bare page'), (r) => r.perSecond)
let missed = 0
console.table(
  pages.map(({ name }) => {
    const ratio = of(at16.get(name), (r) => r.perSecond) / yardstick
    const p99At64 = of(at64.get(name), (r) => r.p99Ms)
    const failed = [...(at16.get(name) ?? []), ...(at64.get(name) ?? [])].reduce((sum, r) => sum + r.failed, 0)
    const good = failed === 0 && (name === 'bare page' || (ratio >= RATIO_AT_LEAST && p99At64 <= P99_MS_AT_MOST))
    if (!good) missed++
    return {
      page: name,
      'requests/s at 16': Math.round(of(at16.get(name), (r) => r.perSecond)),
      'of the bare page': ratio.toFixed(2),
      'p99 ms at 16': of(at16.get(name), (r) => r.p99Ms),
      'requests/s at 64': Math.round(of(at64.get(name), (r) => r.perSecond)),
      'p99 ms at 64': p99At64,
      failed,
      goal: good ? 'met' : 'MISSED',
    }
  }),
)
process.exitCode = missed ? 1 : 0
