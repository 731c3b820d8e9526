import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { startBareApp } from './bare-app.ts'
import { type LoadRequest, type LoadResult, load, median } from './load.ts'

/**
 * How many pieces a second go into carts through the real door, beside a handler of a bare Next app that does nothing,
 * in one run, interleaved, one web process. Needs the shop to run (`npm start`), and leaves its carts behind as
 * shoppers do. `npm run bench:cart -- --shop http://localhost:3000 --rounds 5 --seconds 5`
 */
const { values } = parseArgs({
  options: {
    shop: { type: 'string', default: 'http://localhost:3000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
  },
})
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)]

const CONNECTIONS = 16
const PER_SECOND_AT_LEAST = 1_000
const RATIO_AT_LEAST = 0.5

/** Enough shoppers that a cart gets a handful of pieces, as carts do, and none of them runs into what there is. */
const SHOPPERS = 10_000
const SKUS = ['CPT-RT90-CEL', 'CPT-TC65-CEL', 'CPT-RB10-IVO', 'CPT-MU69-OAT', 'CPT-DP59-OAT']

const cookies = Array.from({ length: SHOPPERS }, () => `cart=${randomBytes(32).toString('base64url')}`)
let sent = 0
function nextAdd(): LoadRequest {
  const shopper = sent++ % SHOPPERS
  const sku = SKUS[Math.floor(sent / SHOPPERS) % SKUS.length]
  return {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      cookie: cookies[shopper] ?? '',
    },
    body: JSON.stringify({ operation: 'add', sku, quantity: 1 }),
  }
}

const bare = await startBareApp(3891)
const door = `${values.shop}/api/cart?locale=en`
const runs = { 'empty handler': [] as LoadResult[], 'add to cart': [] as LoadResult[] }
const rivals = [
  { name: 'empty handler', url: `${bare.url}/empty`, nextRequest: nextAdd },
  { name: 'add to cart', url: door, nextRequest: nextAdd },
] as const
try {
  const probe = await fetch(door, nextAdd())
  if (!probe.ok) throw new Error(`The door answered ${probe.status}: is this the shop, on plain http?`)
  for (const { url, nextRequest } of rivals) await load({ url, connections: CONNECTIONS, seconds: 3, nextRequest })
  for (let round = 0; round < rounds; round++)
    for (const { name, url, nextRequest } of rivals)
      runs[name].push(await load({ url, connections: CONNECTIONS, seconds, nextRequest }))
} finally {
  await bare.stop()
}

const of = (results: readonly LoadResult[], pick: (result: LoadResult) => number) => median(results.map(pick))
const yardstick = of(runs['empty handler'], (r) => r.perSecond)
let missed = 0
console.table(
  rivals.map(({ name }) => {
    const results = runs[name]
    const perSecond = of(results, (r) => r.perSecond)
    const failed = results.reduce((sum, r) => sum + r.failed, 0)
    const fast =
      name === 'empty handler' || (perSecond >= PER_SECOND_AT_LEAST && perSecond / yardstick >= RATIO_AT_LEAST)
    if (failed > 0 || !fast) missed++
    return {
      handler: name,
      'requests/s': Math.round(perSecond),
      'of the empty handler': (perSecond / yardstick).toFixed(2),
      'p50 ms': of(results, (r) => r.p50Ms),
      'p99 ms': of(results, (r) => r.p99Ms),
      failed,
      goal: failed === 0 && fast ? 'met' : 'MISSED',
    }
  }),
)
process.exitCode = missed ? 1 : 0
