import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { dropDatabase } from './bench-database.ts'
import { median } from './load.ts'
import type { LaneAnswer, LaneExport } from './office-lane.ts'

/**
 * What the office asks of the database with a million orders beside the same with a thousand: two databases and two
 * processes asked in turn, in one run. Then a list of 100,000 orders is written to a file, and its memory watched. Makes
 * databases of its own on the server of `DATABASE_URL`, whose user must be a superuser:
 * `DATABASE_URL=postgres://… npm run bench:office -- --orders 1000000 --rounds 40`. `--keep` leaves them there, and
 * `--filled <url> --small <url>` measures them again.
 */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '40' },
    days: { type: 'string', default: '400' },
    keep: { type: 'boolean', default: false },
    filled: { type: 'string' },
    small: { type: 'string' },
  },
})
const SMALL = 1_000
const server = process.env['DATABASE_URL']

type Lane = {
  readonly ask: () => Promise<LaneAnswer>
  readonly write: (days: number, format: 'csv' | 'xlsx') => Promise<LaneExport>
  readonly end: () => Promise<unknown>
}

/** A process that asks one database. */
async function openLane(url: string): Promise<Lane> {
  const child: ChildProcess = fork(new URL('./office-lane.ts', import.meta.url), {
    env: { ...process.env, DATABASE_URL: url },
    execArgv: ['--conditions=react-server'],
  })
  await once(child, 'message')
  const told = async <T>(what: object | string): Promise<T> => {
    child.send(what)
    const [answer] = await once(child, 'message')
    return answer as T
  }
  return {
    ask: () => told('ask'),
    write: (days, format) => told({ days, format }),
    end: async () => {
      child.send('end')
      await once(child, 'exit')
    },
  }
}

/** A database with so many orders, filled by a process of its own. */
async function fill(orders: number): Promise<string> {
  const child = fork(new URL('./fill-orders.ts', import.meta.url), [String(orders), values.days], {
    env: { ...process.env, DATABASE_URL: server },
    execArgv: ['--conditions=react-server'],
  })
  const [url] = await once(child, 'message')
  await once(child, 'exit')
  return String(url)
}

const p95 = (took: readonly number[]) => took.toSorted((a, b) => a - b)[Math.ceil(took.length * 0.95) - 1] ?? Number.NaN
const ms = (value: number) => value.toFixed(1)
const mib = (bytes: number) => `${Math.round(bytes / 1_048_576)} MiB`

const cpuOf = (pairs: readonly [number, number][], at: number) => median(pairs.map((pair) => pair[at] ?? Number.NaN))

async function compare(small: Lane, filled: Lane, rounds: number): Promise<void> {
  const took = new Map<string, { small: number[]; filled: number[]; cpu: [number, number][]; orders: string }>()
  for (let round = -3; round < rounds; round++) {
    const [few, many] = [await small.ask(), await filled.ask()]
    // The first ones fill the caches of both.
    if (round < 0) continue
    for (const [name, { ms: value, cpuMs, orders }] of Object.entries(few)) {
      const known = took.get(name) ?? { small: [], filled: [], cpu: [], orders: '' }
      known.small.push(value)
      known.filled.push(many[name]?.ms ?? Number.NaN)
      known.cpu.push([cpuMs ?? Number.NaN, many[name]?.cpuMs ?? Number.NaN])
      known.orders = orders === null ? '' : `${orders}, ${many[name]?.orders}`
      took.set(name, known)
    }
  }
  console.table(
    [...took].map(([what, both]) => ({
      what,
      // The same question can have one answer among a thousand orders and a page of them among a million.
      'orders shown': both.orders,
      [`p95 ms, ${SMALL}`]: ms(p95(both.small)),
      [`p95 ms, ${values.orders}`]: ms(p95(both.filled)),
      ratio: (p95(both.filled) / p95(both.small)).toFixed(2),
      'median ms': `${ms(median(both.small))}, ${ms(median(both.filled))}`,
      'median ms of processor': [0, 1].map((at) => ms(cpuOf(both.cpu, at))).join(', '),
      'ratio of processor': (cpuOf(both.cpu, 1) / cpuOf(both.cpu, 0)).toFixed(2),
      'median ratio': (median(both.filled) / median(both.small)).toFixed(2),
    })),
  )
}

async function writeFiles(lane: Lane): Promise<void> {
  const days = Math.ceil((100_000 / Number(values.orders)) * Number(values.days))
  for (const format of ['csv', 'xlsx'] as const) {
    const { rows, seconds, bytes, ...rss } = await lane.write(days, format)
    const memory = `${mib(rss.rssBefore)} before, at most ${mib(rss.rssFirstHalf)} in the first half and ${mib(rss.rssSecondHalf)} in the second`
    console.log(`${format}: ${rows} orders, ${mib(bytes)} in ${seconds.toFixed(1)} s; memory ${memory}`)
  }
}

const urls = {
  small: values.small ?? (await fill(SMALL)),
  filled: values.filled ?? (await fill(Number(values.orders))),
}
try {
  const [small, filled] = [await openLane(urls.small), await openLane(urls.filled)]
  await compare(small, filled, Number(values.rounds))
  await writeFiles(filled)
  await Promise.all([small.end(), filled.end()])
} finally {
  if (values.keep) console.log(urls)
  else for (const [name, url] of Object.entries(urls)) if (!values[name as 'small' | 'filled']) await dropDatabase(url)
}
