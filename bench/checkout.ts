import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SAMPLE_CHECKOUT } from '#lib/checkout/testing/sample-checkout.ts'
import { startBareApp } from './bare-app.ts'
import { startBenchShop } from './bench-shop.ts'
import { keepAlivePost } from './keep-alive-post.ts'
import { inLanes, type Pace } from './lanes.ts'

/**
 * Whole checkouts a second through HTTP, 16 shoppers at a time: a piece into the cart, the order, the way to Alipay;
 * first over 20 pieces, then all of them after one piece of which there are fewer than shoppers. Beside it, on the same
 * cores and database, three requests to a bare handler of Next that calls one function each. Starts a shop of its own:
 * `npm run bench:checkout -- --orders 10000 --hot 2000`
 */
const { values } = parseArgs({
  options: { orders: { type: 'string', default: '10000' }, hot: { type: 'string', default: '2000' } },
})
const [orderCount, hotStock] = [Number(values.orders), Number(values.hot)]
const SHOPPERS_AT_ONCE = 16
const PIECES = 20
const REQUESTS = 3
/** A second, and of three bare calls: the same two figures where the bare handler is called 1,385 times a second. */
const GOALS = { spread: { perSecond: 250, ofBare: 0.54 }, hot: { perSecond: 150, ofBare: 0.32 } }

const shop = await startBenchShop({ onHand: orderCount + hotStock })
const { sql } = await import('#db/client.ts')
const { adjustStock } = await import('#db/stock/adjust-stock.ts')
const { feeOf } = await import('#db/testing/sample-order.ts')
const { toFen } = await import('#lib/domain/money.ts')
const { auditMoney } = await import('#db/audit/audit-money.ts')
const { post, end } = keepAlivePost(SHOPPERS_AT_ONCE)
await sql.unsafe(readFileSync(join(import.meta.dirname, 'bare-app/apply-notice.sql'), 'utf8'))
process.env['BARE_DATABASE_URL'] = shop.databaseUrl
const bare = await startBareApp(3892)

type Piece = { readonly id: number; readonly sku: string; readonly priceFen: string; readonly feeFen: bigint }
async function readPieces(): Promise<Piece[]> {
  const rows = await sql<{ id: number; sku: string; priceFen: string }[]>`
    select id, sku, price_fen::text as "priceFen" from variants order by id limit ${PIECES}`
  return Promise.all(
    rows.map(async (row) => {
      const line = { variantId: row.id, quantity: 1, priceSeen: toFen(BigInt(row.priceFen)) }
      return { ...row, feeFen: await feeOf([line]) }
    }),
  )
}

const FORM = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' }

const outcomes = { paying: 0, soldOut: 0, failed: 0 }

/** What one shopper does. Being told that there is none left is a right answer, everything else unexpected a failure. */
async function checkOut({ id, sku, priceFen, feeFen }: Piece): Promise<void> {
  const cookie = `cart=${randomBytes(32).toString('base64url')}`
  const added = await post(
    `${shop.url}/api/cart?locale=en`,
    { ...SAME_ORIGIN, accept: 'application/json', 'content-type': 'application/json', cookie },
    JSON.stringify({ operation: 'add', sku, quantity: 1 }),
  )
  const ticket = { request: randomUUID(), lines: `${id}x1@${priceFen}`, 'fee-standard': String(feeFen) }
  const placed = await post(
    `${shop.url}/api/checkout?locale=en`,
    { ...SAME_ORIGIN, ...FORM, cookie },
    new URLSearchParams({ ...SAMPLE_CHECKOUT, payment: 'alipay', ...ticket }).toString(),
  )
  if (placed.status === 409 && placed.body.includes('"location"')) {
    outcomes.soldOut++
    return
  }
  const secret = /\/order\/([^/"?]+)\/pay/.exec(placed.body)?.[1]
  const paying =
    secret && added.status < 300
      ? await post(
          `${shop.url}/api/orders/${secret}/pay?locale=en`,
          { ...SAME_ORIGIN, ...FORM, cookie },
          'method=alipay_page',
        )
      : null
  if (paying?.location?.startsWith('http://127.0.0.1:9/gateway.do')) outcomes.paying++
  else outcomes.failed++
}

/** As many requests as a checkout has, each with one call of a function that applies a payment. */
async function callBare(number: string): Promise<void> {
  for (let request = 0; request < REQUESTS; request++) {
    const { status } = await post(`${bare.url}/call`, { 'x-number': `${number}-${request}` }, 'a checkout')
    if (status !== 200) throw new Error(`the bare handler answered ${status}`)
  }
}

/** Numbers that wait to be paid at the bare handler. */
async function bareNumbers(count: number): Promise<string[]> {
  const numbers = Array.from({ length: count }, () => randomUUID())
  const rows = numbers.flatMap((number) => Array.from({ length: REQUESTS }, (_, n) => `${number}-${n}`))
  await sql`insert into bare_orders select number, 'waiting' from unnest(${rows}::text[]) as number`
  await sql`insert into bare_payments select number, 'waiting' from unnest(${rows}::text[]) as number`
  return numbers
}

const judge = ({ perSecond }: Pace, goal: { perSecond: number; ofBare: number }, yardstick: Pace) => ({
  perSecond: Math.round(perSecond),
  'goal a second': `${goal.perSecond} ${perSecond >= goal.perSecond ? 'met' : 'MISSED'}`,
  ofBare: (perSecond / yardstick.perSecond).toFixed(2),
  'goal of bare': `${goal.ofBare} ${perSecond / yardstick.perSecond >= goal.ofBare ? 'met' : 'MISSED'}`,
})

const shoppersOver = (pieces: readonly Piece[], count: number): Piece[] =>
  Array.from({ length: count }, (_, n) => pieces[n % pieces.length] as Piece)

try {
  const pieces = await readPieces()
  await inLanes(SHOPPERS_AT_ONCE, shoppersOver(pieces, 500), checkOut)
  await inLanes(SHOPPERS_AT_ONCE, await bareNumbers(500), callBare)
  const calls = await bareNumbers(Math.ceil(orderCount / 2))
  await sql`analyze`
  const yardstick = await inLanes(SHOPPERS_AT_ONCE, calls, callBare)
  const spread = await inLanes(SHOPPERS_AT_ONCE, shoppersOver(pieces, orderCount), checkOut)
  const [first] = pieces
  if (!first) throw new Error('the catalogue is empty')
  const [left] = await sql<{ free: number }[]>`select on_hand - held as free from stock where variant_id = ${first.id}`
  await adjustStock({ sku: first.sku, delta: hotStock - (left?.free ?? 0), reason: 'correction', actor: 'bench' })
  const before = { ...outcomes }
  const hot = await inLanes(SHOPPERS_AT_ONCE, shoppersOver([first], hotStock + 500), checkOut)
  const [after] = await sql<{ free: number; oversold: number }[]>`
    select (select on_hand - held from stock where variant_id = ${first.id}) as free,
      (select count(*)::int from stock where held > on_hand) as oversold`
  const sold = outcomes.paying - before.paying
  const broken = (await auditMoney({ delays: false })).map(({ sentence, what }) => `${sentence} ${what}`)
  const judged = [
    { what: `${PIECES} pieces`, ...judge(spread, GOALS.spread, yardstick), p50Ms: spread.p50Ms, p99Ms: spread.p99Ms },
    { what: 'one piece', ...judge(hot, GOALS.hot, yardstick), p50Ms: hot.p50Ms, p99Ms: hot.p99Ms },
  ]
  console.table([...judged, { what: 'three bare calls', perSecond: Math.round(yardstick.perSecond) }])
  console.log(
    `${outcomes.failed} failed; of ${hotStock} hot units ${sold} were sold, ${after?.free} are left, ${outcomes.soldOut - before.soldOut} shoppers were told so; ${after?.oversold} pieces oversold; books: ${broken.length === 0 ? 'sound' : broken.slice(0, 5).join('; ')}`,
  )
  const sound =
    outcomes.failed === 0 && sold === hotStock && after?.free === 0 && after.oversold === 0 && broken.length === 0
  const missed = judged.some((row) => Object.values(row).some((value) => String(value).endsWith('MISSED')))
  process.exitCode = sound && !missed ? 0 : 1
} finally {
  end()
  await bare.stop()
  await shop.stop()
}
