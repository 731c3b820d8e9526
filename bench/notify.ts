import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ProviderName } from '#lib/payments/port.ts'
import { startBareApp } from './bare-app.ts'
import { startBenchShop } from './bench-shop.ts'
import { keepAlivePost } from './keep-alive-post.ts'
import { inLanes, type Pace } from './lanes.ts'
import type { Notice } from './payment-notices.ts'

/**
 * Payments told by notifications a second through HTTP, a fifth of them repeats, for each provider, beside a bare Next
 * handler that calls one function with six steps (lock the order, event once, order, payment, job, log) and checks
 * nothing; 16 at a time, in one run, interleaved. Starts a shop of its own:
 * `npm run bench:notify -- --notices 2000 --rounds 3`
 */
const { values } = parseArgs({
  options: { notices: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '3' } },
})
const [noticeCount, rounds] = [Number(values.notices), Number(values.rounds)]
const LANES = 16
/** Of the bare handler's speed. WeChat Pay's messages are decrypted, UnionPay's carry the certificate that signed them. */
const GOALS: Readonly<Record<ProviderName, number>> = { alipay: 0.8, wechatpay: 0.75, unionpay: 0.75 }
const PROVIDERS = ['alipay', 'wechatpay', 'unionpay'] as const

const shop = await startBenchShop({ onHand: 1_000_000 })
const { sql } = await import('#db/client.ts')
const { placeOrder } = await import('#db/orders/place-order.ts')
const { startAttempt } = await import('#db/payments/start-attempt.ts')
const { sampleOrder } = await import('#db/testing/sample-order.ts')
const { auditMoney } = await import('#db/audit/audit-money.ts')
const { paymentDeadline } = await import('#lib/domain/payment-deadline.ts')
const { NOTICE_MAKERS } = await import('./payment-notices.ts')
const { post, end } = keepAlivePost(LANES)

await sql.unsafe(readFileSync(join(import.meta.dirname, 'bare-app/apply-notice.sql'), 'utf8'))
process.env['BARE_DATABASE_URL'] = shop.databaseUrl

type NumberedNotice = Notice & { readonly number: string }

/** Notices of orders that wait for them; after every fourth one the first of the four comes again. */
async function notices(provider: ProviderName, skus: readonly string[]): Promise<NumberedNotice[]> {
  const { paid } = NOTICE_MAKERS[provider]
  const told: NumberedNotice[] = []
  const count = Math.round(noticeCount * 0.8)
  const orders = Array.from({ length: count }, (_, n) => skus[n % skus.length] ?? '')
  let again: (() => NumberedNotice) | null = null
  await inLanes(LANES, orders, async (sku) => {
    const placed = await placeOrder(await sampleOrder({ [sku]: 1 }))
    if (!placed.ok) throw new Error(placed.error.code)
    const { orderId } = placed.value
    const expiresAt = paymentDeadline(new Date())
    const scene = provider === 'unionpay' ? 'form' : 'qr'
    const started = await startAttempt({ orderId, provider, scene, expiresAt })
    if (!started.ok) throw new Error(started.error.code)
    const { outTradeNo } = started.value
    await sql`insert into bare_orders values (${outTradeNo}, 'waiting')`
    await sql`insert into bare_payments values (${outTradeNo}, 'waiting')`
    const tellNow = () => ({ ...paid(started.value), number: outTradeNo })
    told.push(tellNow())
    again ??= tellNow
    if (told.length % 5 === 4) {
      told.push(again())
      again = null
    }
  })
  return told
}

async function tell(url: string, { headers, body, number }: NumberedNotice): Promise<void> {
  const answer = await post(url, { ...headers, 'x-number': number }, body)
  if (answer.status !== 200 && answer.status !== 204) throw new Error(`${url} answered ${answer.status} ${answer.body}`)
}

const median = (paces: readonly Pace[], pick: (pace: Pace) => number) =>
  paces.map(pick).toSorted((a, b) => a - b)[Math.floor((paces.length - 1) / 2)] ?? Number.NaN

const bare = await startBareApp(3892)
try {
  const skus = (await sql<{ sku: string }[]>`select sku from variants order by id limit 20`).map(({ sku }) => sku)
  const rows: Record<string, string | number>[] = []
  let missed = 0
  for (const provider of PROVIDERS) {
    const bareCall: Pace[] = []
    const applied: Pace[] = []
    for (let round = 0; round <= rounds; round++) {
      const batch = await notices(provider, skus)
      if (round === 0) await sql`analyze`
      const call = await inLanes(LANES, batch, (notice) => tell(`${bare.url}/call`, notice))
      const ours = await inLanes(LANES, batch, (notice) => tell(`${shop.url}/api/notify/${provider}`, notice))
      if (round === 0) continue
      bareCall.push(call)
      applied.push(ours)
    }
    const [yardstick, perSecond] = [
      median(bareCall, (pace) => pace.perSecond),
      median(applied, (pace) => pace.perSecond),
    ]
    const good = perSecond / yardstick >= GOALS[provider]
    if (!good) missed++
    rows.push({
      provider,
      'applied/s': Math.round(perSecond),
      'one call/s': Math.round(yardstick),
      ratio: (perSecond / yardstick).toFixed(2),
      'p50 ms': median(applied, (pace) => pace.p50Ms),
      'p99 ms': median(applied, (pace) => pace.p99Ms),
      goal: good ? 'met' : `MISSED (${GOALS[provider]})`,
    })
  }
  const [told] = await sql<{ captured: number; orders: number }[]>`
    select (select count(*)::int from payment_events where outcome = 'captured') as captured,
      (select count(*)::int from orders) as orders`
  const broken = (await auditMoney({ delays: false })).map(({ sentence, what }) => `${sentence} ${what}`)
  console.table(rows)
  console.log(
    `${told?.captured} payments of ${told?.orders} orders; books: ${broken.length === 0 ? 'sound' : broken.slice(0, 5).join('; ')}`,
  )
  process.exitCode = missed === 0 && broken.length === 0 && told?.captured === told?.orders ? 0 : 1
} finally {
  end()
  await bare.stop()
  await shop.stop()
}
