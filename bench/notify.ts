import { type KeyObject, randomBytes, sign } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Capture } from '#db/payments/capture-attempt.ts'
import { startBareApp } from './bare-app.ts'
import { BENCH_APP_ID, BENCH_SELLER_ID, startBenchShop } from './bench-shop.ts'
import { keepAlivePost } from './keep-alive-post.ts'
import { inLanes, type Pace } from './lanes.ts'

/**
 * Payments told by Alipay's notifications a second through HTTP, a fifth of them repeats, beside a bare Next handler
 * that keeps what was posted by one call of one function; 16 at a time, in one run, interleaved. Starts a shop of its
 * own: `npm run bench:notify -- --notices 2000 --rounds 3`
 */
const { values } = parseArgs({
  options: { notices: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '3' } },
})
const [noticeCount, rounds] = [Number(values.notices), Number(values.rounds)]
const LANES = 16
const RATIO_AT_LEAST = 0.8
const REPEATS = 0.2

const shop = await startBenchShop({ onHand: 1_000_000 })
const { sql } = await import('#db/client.ts')
const { placeOrder } = await import('#db/orders/place-order.ts')
const { startAttempt } = await import('#db/payments/start-attempt.ts')
const { sampleOrder } = await import('#db/testing/sample-order.ts')
const { checkBooks } = await import('#db/testing/check-books.ts')
const { toYuan } = await import('#lib/domain/money.ts')
const { paymentDeadline } = await import('#lib/domain/payment-deadline.ts')
const { post, end } = keepAlivePost(LANES)

await sql`create table bare_notices (body_hash bytea primary key, body text not null, times integer not null)`
await sql.unsafe(`
  create function keep_notice(body text) returns void language sql as $$
    insert into bare_notices values (sha256(convert_to(body, 'UTF8')), body, 1)
    on conflict (body_hash) do update set times = bare_notices.times + 1
  $$`)
process.env['BARE_DATABASE_URL'] = shop.databaseUrl

/** Signs as Alipay does: values in the order of their names, `sign` and `sign_type` left out. */
function signedNotice(fields: Readonly<Record<string, string>>, key: KeyObject): string {
  const text = Object.keys(fields)
    .toSorted()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
  const signature = sign('sha256', Buffer.from(text), key).toString('base64')
  return new URLSearchParams({ ...fields, sign_type: 'RSA2', sign: signature }).toString()
}

function noticeOf({ outTradeNo, amount }: { outTradeNo: string; amount: Capture['payment']['amount'] }): string {
  const fields = {
    app_id: BENCH_APP_ID,
    charset: 'utf-8',
    gmt_payment: '2026-11-21 17:29:55',
    notify_id: randomBytes(17).toString('hex'),
    notify_time: '2026-11-21 17:29:56',
    notify_type: 'trade_status_sync',
    out_trade_no: outTradeNo,
    seller_id: BENCH_SELLER_ID,
    subject: 'Comptoir',
    total_amount: toYuan(amount),
    trade_no: `2026112122${randomBytes(9).toString('hex')}`,
    trade_status: 'TRADE_SUCCESS',
    version: '1.0',
  }
  return signedNotice(fields, shop.alipayKey)
}

/** Notices of orders that wait for them, and after every fourth one that came before. */
async function notices(skus: readonly string[]): Promise<string[]> {
  const fresh: string[] = []
  const count = Math.round(noticeCount * (1 - REPEATS))
  await inLanes(
    LANES,
    Array.from({ length: count }, (_, n) => skus[n % skus.length] ?? ''),
    async (sku) => {
      const placed = await placeOrder(await sampleOrder({ [sku]: 1 }))
      if (!placed.ok) throw new Error(placed.error.code)
      const { orderId } = placed.value
      const expiresAt = paymentDeadline(new Date())
      const started = await startAttempt({ orderId, provider: 'alipay', scene: 'page', expiresAt })
      if (!started.ok) throw new Error(started.error.code)
      fresh.push(noticeOf(started.value))
    },
  )
  return fresh.flatMap((notice, n) => (n % 4 === 3 ? [notice, fresh[n - 3] ?? notice] : [notice]))
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
async function tell(url: string, notice: string): Promise<void> {
  const { status, body } = await post(url, FORM, notice)
  if (status !== 200 || body !== 'success') throw new Error(`${url} answered ${status} ${body}`)
}

const median = (paces: readonly Pace[], pick: (pace: Pace) => number) =>
  paces.map(pick).toSorted((a, b) => a - b)[Math.floor((paces.length - 1) / 2)] ?? Number.NaN

const bare = await startBareApp(3892)
try {
  const skus = (await sql<{ sku: string }[]>`select sku from variants order by id limit 20`).map(({ sku }) => sku)
  const rivals = {
    'one function call': `${bare.url}/call`,
    'a payment applied': `${shop.url}/api/notify/alipay`,
  }
  const paces = { 'one function call': [] as Pace[], 'a payment applied': [] as Pace[] }
  for (let round = 0; round <= rounds; round++) {
    const batch = await notices(skus)
    if (round === 0) await sql`analyze`
    for (const name of ['one function call', 'a payment applied'] as const) {
      const pace = await inLanes(LANES, batch, (notice) => tell(rivals[name], notice))
      if (round > 0) paces[name].push(pace)
    }
  }
  const [told] = await sql<{ captured: number; orders: number }[]>`
    select (select count(*)::int from payment_events where outcome = 'captured') as captured,
      (select count(*)::int from orders) as orders`
  const broken = await checkBooks()
  const ratio =
    median(paces['a payment applied'], ({ perSecond }) => perSecond) /
    median(paces['one function call'], ({ perSecond }) => perSecond)
  console.table(
    Object.entries(paces).map(([handler, measured]) => ({
      handler,
      'a second': Math.round(median(measured, ({ perSecond }) => perSecond)),
      'p50 ms': median(measured, ({ p50Ms }) => p50Ms),
      'p99 ms': median(measured, ({ p99Ms }) => p99Ms),
    })),
  )
  console.log(
    `${ratio.toFixed(2)} of the bare handler: ${ratio >= RATIO_AT_LEAST ? 'met' : 'MISSED'}; ${told?.captured} payments of ${told?.orders} orders; books: ${broken.length === 0 ? 'sound' : broken.slice(0, 5).join('; ')}`,
  )
  process.exitCode = ratio >= RATIO_AT_LEAST && broken.length === 0 && told?.captured === told?.orders ? 0 : 1
} finally {
  end()
  await bare.stop()
  await shop.stop()
}
