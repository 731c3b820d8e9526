import { randomUUID } from 'node:crypto'
import { sql } from '#db/client.ts'
import { giveBackDue } from '#db/refunds/give-back-due.ts'
import { requestRefund } from '#db/refunds/request-refund.ts'
import { resendRefund } from '#db/refunds/resend-refund.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { rehearseCrashes } from '../../crash-point.ts'
import type { RefundWish } from '../../domain/decide-refund.ts'
import { toFen, ZERO_FEN } from '../../domain/money.ts'
import { expireUnpaidOrder } from '../../jobs/expire-order.ts'
import { queryAttempt } from '../../jobs/query-attempt.ts'
import { sweepUnsettled } from '../../jobs/sweep-unsettled.ts'
import { pursueRefund } from '../../refunds/pursue-refund.ts'
import { endUnpaidOrder } from '../end-unpaid-order.ts'
import { receiveNotification } from '../receive-notification.ts'
import { startPayment } from '../start-payment.ts'
import { createFakeGateway } from './fake-gateway.ts'

export const PIECES = ['CPT-RT90-CEL', 'CPT-RT90-TEN', 'CPT-RT90-OAT'] as const
export const SCENES = [{ kind: 'page' }, { kind: 'qr' }] as const
const UNITS = 40
const MINUTE_MS = 60_000

/** Stands for the process dying; everything else that throws is a bug. */
class Crash extends Error {}

/** One shop with three pieces, one gateway and a clock, driven act by act; every act may end in a crash. */
export async function openLittleShop() {
  await sql`truncate orders, stock_movements cascade`
  await sql`delete from pgboss.job`
  await sql`update stock set on_hand = 0, held = 0`
  for (const sku of PIECES) await adjustStock({ sku, delta: UNITS, reason: 'opening_stock', actor: 'test' })

  const gateway = createFakeGateway()
  const orders: { readonly orderId: string; readonly expiresAt: Date }[] = []
  let now = new Date()
  const order = (n: number) => orders[n % Math.max(1, orders.length)]
  const number = (n: number) => gateway.numbers()[n % Math.max(1, gateway.numbers().length)]

  const survive = async (run: () => Promise<unknown>) => {
    try {
      await run()
      return false
    } catch (error) {
      if (error instanceof Crash) return true
      throw error
    }
  }
  const crashAt = (dies: (point: string) => boolean) =>
    rehearseCrashes((point) => {
      if (!dies(point)) return
      rehearseCrashes(null)
      throw new Crash(point)
    })

  const HANDLERS = {
    'query-attempt': (data: { attemptId: string }) => queryAttempt(gateway.providers, data.attemptId, now),
    'expire-order': (data: { orderId: string }) => expireUnpaidOrder(gateway.providers, data.orderId, now),
    'refund-due': (data: { refundDueId: string }) => giveBackDue(data.refundDueId, now),
    'pursue-refund': (data: { refundId: string }) => pursueRefund(gateway.providers, data.refundId, now),
  } as Readonly<Record<string, (data: never) => Promise<unknown>>>

  /** What the worker does: a job is gone when it ended well, and runs again when it did not. */
  async function work() {
    for (;;) {
      const [job] = await sql`
        select id, name, data from pgboss.job
        where name in ('query-attempt', 'expire-order', 'refund-due', 'pursue-refund') and start_after <= ${now.toISOString()}::timestamptz
        order by start_after limit 1`
      if (!job) return
      await HANDLERS[job['name']]?.(job['data'] as never)
      await sql`delete from pgboss.job where id = ${job['id']}`
    }
  }
  const wait = (seconds: number) =>
    survive(async () => {
      now = new Date(now.getTime() + seconds * 1000)
      await sweepUnsettled(now)
      await work()
    })
  const place = async (sku: string, quantity: number) => {
    const placed = await placeSample({ [sku]: quantity }, now).catch(() => null) // sold out
    if (placed) orders.push({ orderId: placed.orderId, expiresAt: new Date(now.getTime() + 30 * MINUTE_MS) })
  }
  const startOf = (n: number, scene: (typeof SCENES)[number]) => async () => {
    const chosen = order(n)
    if (!chosen) return
    await startPayment(gateway.provider, { ...chosen, scene, subject: 'Pottery', returnUrl: 'http://shop.test/' }, now)
  }
  const notifyOf = (n: number) => async () => {
    const outTradeNo = number(n)
    if (outTradeNo) await receiveNotification(gateway.provider, gateway.message({ outTradeNo }), now)
  }
  const cancelOf = (n: number) => async () => {
    const orderId = order(n)?.orderId
    if (orderId)
      await endUnpaidOrder(gateway.providers, { orderId, event: 'cancelled', actor: 'shopper', reason: null, now })
  }

  /** One unit of an order goes back, or what is left of it. */
  const refundOf = (n: number, part: 'unit' | 'rest') => async () => {
    const orderId = order(n)?.orderId
    if (!orderId) return
    const [{ rest } = { rest: '0' }] = await sql<{ rest: string }[]>`
      select captured_fen - refunded_fen - refunding_fen as rest from payments where order_id = ${orderId}`
    const wish: RefundWish =
      part === 'unit'
        ? { by: 'lines', lines: [{ position: 0, quantity: 1 }], shipping: ZERO_FEN, restock: n % 2 === 0 }
        : { by: 'amount', amount: toFen(BigInt(rest)) }
    await requestRefund(
      { requestId: randomUUID(), orderId, wish, actor: 'staff:test', cause: 'staff', reason: null },
      now,
    )
  }
  const resendAll = async () => {
    const failed = await sql<{ id: string }[]>`select id from refund_requests where state = 'approved'`
    for (const { id } of failed) await resendRefund(id, { actor: 'staff:test', now })
  }

  return {
    place,
    wait,
    refund: (n: number, part: 'unit' | 'rest') => survive(refundOf(n, part)),
    refundsWillBe: gateway.refundsWillBe,
    resendRefunds: () => survive(resendAll),
    start: (n: number, scene: (typeof SCENES)[number]) => survive(startOf(n, scene)),
    pay(n: number) {
      const outTradeNo = number(n)
      if (outTradeNo) gateway.pay(outTradeNo, now)
    },
    async notify(n: number, times: number) {
      await Promise.all(Array.from({ length: times }, () => survive(notifyOf(n))))
    },
    async forge(n: number) {
      const outTradeNo = number(n)
      if (!outTradeNo) return
      await receiveNotification(gateway.provider, gateway.message({ outTradeNo, forged: true }), now)
    },
    cancel: (n: number) => survive(cancelOf(n)),
    /** Everything at once, on the same few orders. */
    async rush(n: number, other: number) {
      const outTradeNo = number(n)
      if (outTradeNo) gateway.pay(outTradeNo, now)
      const acts = [
        notifyOf(n),
        cancelOf(other),
        refundOf(n, 'rest'),
        notifyOf(n),
        startOf(other, SCENES[0]),
        refundOf(n, 'unit'),
        notifyOf(other),
        cancelOf(n),
        refundOf(n, 'rest'),
      ]
      await Promise.all(acts.map(survive))
    },
    failNext: gateway.failNext,
    crashAfter(countdown: number) {
      let left = countdown
      crashAt(() => left-- === 0)
    },
    /** Two shoppers, one who pays and one who does not, while the process dies once. @returns whether it died. */
    async buyWithCrashAt(point: string) {
      let died = false
      crashAt((reached) => {
        died ||= reached === point
        return reached === point
      })
      await place(PIECES[0], 2)
      await place(PIECES[1], 1)
      for (const n of [0, 1]) for (let times = 0; times < 2; times++) await survive(startOf(n, SCENES[0]))
      const outTradeNo = number(0)
      if (outTradeNo) gateway.pay(outTradeNo, now)
      await wait(6)
      for (let times = 0; times < 2; times++) await survive(notifyOf(0))
      gateway.failNext('after')
      await survive(refundOf(0, 'unit'))
      await wait(1)
      await wait(2000)
      return died
    },
    /** Faults end, time runs on until nothing is left to do. */
    async comeToRest() {
      rehearseCrashes(null)
      gateway.refundsWillBe({ state: 'done', refundedAt: null })
      gateway.finishRefunds()
      for (let rounds = 0; rounds < 12; rounds++) {
        await wait(700)
        await resendAll()
      }
      await wait(7 * 3_600)
    },
    /** What the gateway's own book has and ours has not, or the other way round. */
    async compareWithGateway() {
      const known = await sql<{ no: string }[]>`
        select out_trade_no as no from payment_attempts where state = 'succeeded' order by 1`
      const open = await sql<{ no: string }[]>`
        select out_trade_no as no from payment_attempts where state in ('created', 'redirected', 'processing', 'unknown')
        union all select number from orders where state = 'pending_payment'
        union all select refund_no from refunds where state in ('pending', 'processing', 'abnormal')`
      const back = (await sql`select refund_no from refunds where state = 'succeeded' order by 1`).map(
        (row) => row['refund_no'] as string,
      )
      const ours = known.map(({ no }) => no)
      const theirs = gateway.paid().toSorted()
      return [
        ...theirs.filter((no) => !ours.includes(no)).map((no) => `paid at the gateway, unknown to us: ${no}`),
        ...ours.filter((no) => !theirs.includes(no)).map((no) => `paid with us, unknown at the gateway: ${no}`),
        ...open.map(({ no }) => `still open: ${no}`),
        ...(back.join() === gateway.refunded().toSorted().join() ? [] : ['refunds differ']),
      ]
    },
  }
}

export type LittleShop = Awaited<ReturnType<typeof openLittleShop>>
