import { execFile } from 'node:child_process'
import { parseArgs, promisify } from 'node:util'
import postgres from 'postgres'
import { migrateDatabase } from '#db/migrate.ts'
import type { CatalogueFigures } from './measure-catalogue.ts'

/**
 * How search and shelves hold up in a large catalogue: 50 pieces beside 50,000, in scratch databases on the server of
 * `DATABASE_URL`. `npm run bench:catalogue -- --rounds 20 --searches 20000 --keep`; `--keep` leaves the databases for the
 * next run, since filling the large one takes minutes.
 */
const { values } = parseArgs({
  options: {
    pieces: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '20' },
    searches: { type: 'string', default: '20000' },
    keep: { type: 'boolean', default: false },
  },
})

const SEARCH_P95_MS = 30
const CATEGORY_RATIO = 1.5
const MEMORY_RATIO = 1.1

const server = process.env['DATABASE_URL']
if (!server) throw new Error('The bench needs DATABASE_URL: a PostgreSQL where databases may be created.')
const admin = postgres(server, { max: 1, onnotice: () => undefined })
const run = promisify(execFile)

/** In a process of its own, since the shop's code knows one database and memory is counted by process. */
async function measure(pieces: number, searches: number): Promise<CatalogueFigures> {
  const name = `bench_catalogue_${pieces}`
  const url = new URL(server ?? '')
  url.pathname = `/${name}`
  const [known] = await admin`select 1 from pg_database where datname = ${name}`
  if (!known) await admin`create database ${admin(name)}`
  await migrateDatabase(url.href)
  try {
    const options = ['--pieces', String(pieces), '--rounds', values.rounds, '--searches', String(searches)]
    const { stdout } = await run(
      process.execPath,
      ['--conditions=react-server', '--expose-gc', 'bench/measure-catalogue.ts', ...options],
      { env: { ...process.env, DATABASE_URL: url.href } },
    )
    return JSON.parse(stdout) as CatalogueFigures
  } finally {
    if (!values.keep) await admin`drop database ${admin(name)} with (force)`
  }
}

const small = await measure(50, 0)
const large = await measure(Number(values.pieces), Number(values.searches))
await admin.end()

const ms = (value: number) => Number(value.toFixed(1))
console.table(
  [small, large].map(({ pieces, search, suggest, categoryPage }) => ({
    pieces,
    'search p50 ms': ms(search.p50),
    'search p95 ms': ms(search.p95),
    'search p99 ms': ms(search.p99),
    'suggest p50 ms': ms(suggest.p50),
    'suggest p95 ms': ms(suggest.p95),
    'category p50 ms': ms(categoryPage.p50),
    'category p95 ms': ms(categoryPage.p95),
  })),
)
console.table(large.slowest.map(({ asked, ms: median }) => ({ 'slowest questions': asked, 'p50 ms': ms(median) })))

const { searches, beforeMb, afterMb } = large.memory
const goals = [
  { goal: 'search p95, ms', seen: large.search.p95, atMost: SEARCH_P95_MS },
  { goal: 'suggestions p95, ms', seen: large.suggest.p95, atMost: SEARCH_P95_MS },
  {
    goal: `category page p50, ${large.pieces} : ${small.pieces} pieces`,
    seen: large.categoryPage.p50 / small.categoryPage.p50,
    atMost: CATEGORY_RATIO,
  },
  { goal: `memory after ${searches} searches : after a tenth`, seen: afterMb / beforeMb, atMost: MEMORY_RATIO },
]
const missed = goals.filter(({ seen, atMost }) => !(seen <= atMost))
console.table(goals.map((goal) => ({ ...goal, seen: Number(goal.seen.toFixed(2)), met: !missed.includes(goal) })))
if (missed.length > 0) process.exitCode = 1
