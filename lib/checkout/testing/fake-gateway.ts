import type { Fen } from '../../domain/money.ts'
import type { CallError } from '../../payments/errors.ts'
import type {
  IncomingMessage,
  Notification,
  Payment,
  PaymentProvider,
  RefundRequest,
  RefundState,
  Trade,
} from '../../payments/port.ts'
import { err, ok } from '../../result.ts'

type FakeRefund = { readonly outTradeNo: string; readonly amount: Fen; state: RefundState }
type FakeTrade = { readonly amount: Fen; readonly payBefore: Date; paidAt: Date | null; closed: boolean }

/** Fails the next call: before it had its effect, or after, which the shop cannot tell apart. */
export type Fault = 'before' | 'after'

/**
 * A gateway with a book of its own, for tests of what the shop does around it. It speaks the port, no wire protocol:
 * its messages are JSON and believed unless they say `forged`.
 */
export function createFakeGateway() {
  const trades = new Map<string, FakeTrade>()
  const refunds = new Map<string, FakeRefund>()
  let nextRefund: RefundState = { state: 'done', refundedAt: null }
  let fault: Fault | null = null

  const unknown: CallError = { code: 'unknown', reason: 'time-out' }
  /** The effect happens or not, and the answer arrives or not. */
  const call = <T>(effect: () => T) => {
    const failing = fault
    fault = null
    if (failing === 'before') return err(unknown)
    const answer = effect()
    return failing === 'after' ? err(unknown) : ok(answer)
  }

  const paymentOf = (outTradeNo: string, { amount, paidAt }: FakeTrade): Payment | null =>
    paidAt && {
      eventId: `paid:${outTradeNo}`,
      providerTradeNo: `trade-${outTradeNo}`,
      amount,
      currency: 'CNY',
      paidAt,
      refundable: true,
    }

  const lookUp = (outTradeNo: string): Trade => {
    const trade = trades.get(outTradeNo)
    if (!trade) return { state: 'not_found' }
    const payment = paymentOf(outTradeNo, trade)
    if (payment) return { state: 'paid', payment }
    return trade.closed ? { state: 'closed', payment: null } : { state: 'unpaid' }
  }

  const refundedOf = (outTradeNo: string) =>
    [...refunds.values()]
      .filter((refund) => refund.outTradeNo === outTradeNo && refund.state.state !== 'failed')
      .reduce((sum, { amount }) => sum + amount, 0n)

  /** The same number moves money once; more than was paid is refused. */
  const giveBack = ({ outTradeNo, refundNo, amount }: RefundRequest): RefundState => {
    const known = refunds.get(refundNo)
    const refund = known ?? { outTradeNo, amount, state: nextRefund }
    refunds.set(refundNo, refund)
    return refund.state
  }
  const whyRefused = ({ outTradeNo, refundNo, amount }: RefundRequest): string | null => {
    const trade = trades.get(outTradeNo)
    const known = refunds.get(refundNo)
    if (known) return known.amount === amount ? null : 'OTHER_AMOUNT'
    if (!trade?.paidAt) return 'NOT_PAID'
    return refundedOf(outTradeNo) + amount > trade.amount ? 'TOO_MUCH' : null
  }

  const unused = () => Promise.reject(new Error('not needed here'))
  const provider: PaymentProvider = {
    name: 'alipay',
    scenes: ['page', 'wap', 'qr'],
    notificationType: 'application/json',
    create: async ({ outTradeNo, amount, payBefore, returnUrl }) =>
      call(() => {
        if (!trades.has(outTradeNo)) trades.set(outTradeNo, { amount, payBefore, paidAt: null, closed: false })
        return { kind: 'redirect', url: `${returnUrl}#${outTradeNo}` } as const
      }),
    query: async ({ outTradeNo }) => call(() => lookUp(outTradeNo)),
    close: async ({ outTradeNo }) =>
      call(() => {
        const trade = trades.get(outTradeNo)
        if (!trade) return 'not_found'
        if (trade.paidAt || trade.closed) return 'not_open'
        trade.closed = true
        return 'closed'
      }),
    cancel: null,
    refund: async (request) => {
      const providerCode = fault === 'before' ? null : whyRefused(request)
      if (providerCode) return err({ code: 'refused', providerCode, message: '' })
      return call(() => giveBack(request))
    },
    queryRefund: async ({ refundNo }) =>
      call((): RefundState => refunds.get(refundNo)?.state ?? { state: 'not_found' }),
    recallRefund: null,
    fundFlow: null,
    billDay: { startsAt: 0, readyAt: 9 },
    downloadBill: unused,
    readBill: unused,
    verifyNotification: async ({ body }) => {
      const { outTradeNo, forged, amount } = JSON.parse(new TextDecoder().decode(body))
      if (forged) return err({ code: 'bad_signature', reason: 'forged' })
      const trade = trades.get(outTradeNo)
      const payment = trade && paymentOf(outTradeNo, trade)
      const common = {
        provider: 'alipay',
        messageId: outTradeNo,
        outTradeNo,
        providerTradeNo: `trade-${outTradeNo}`,
      } as const
      const notification: Notification = payment
        ? {
            ...common,
            kind: 'paid',
            eventId: payment.eventId,
            payment: { ...payment, ...(amount && { amount: BigInt(amount) as Fen }) },
          }
        : { ...common, kind: 'closed', eventId: `closed:${outTradeNo}` }
      return ok(notification)
    },
    verifyReturn: unused,
    acknowledge: (outcome) => ({ status: 200, contentType: 'text/plain', body: outcome }),
    buyerLogin: null,
    diagnose: unused,
  }

  return {
    provider,
    providers: new Map([['alipay', provider]] as const),
    failNext: (how: Fault) => {
      fault = how
    },
    /** The buyer pays; a gateway takes no money after its limit or for what it closed. @returns false then. */
    pay(outTradeNo: string, now: Date): boolean {
      const trade = trades.get(outTradeNo)
      if (!trade || trade.closed || trade.paidAt || now >= trade.payBefore) return false
      trade.paidAt = now
      return true
    },
    /** What becomes of the refunds that are asked for from now on. */
    refundsWillBe: (state: RefundState) => {
      nextRefund = state
    },
    /** Refunds under way come to an end. */
    finishRefunds: (state: RefundState = { state: 'done', refundedAt: null }) => {
      for (const refund of refunds.values()) if (refund.state.state === 'pending') refund.state = state
    },
    /** Our numbers of the refunds that the gateway paid out. */
    refunded: () => [...refunds].filter(([, { state }]) => state.state === 'done').map(([refundNo]) => refundNo),
    refundedOf,
    numbers: () => [...trades.keys()],
    paid: () => [...trades].filter(([, trade]) => trade.paidAt !== null).map(([outTradeNo]) => outTradeNo),
    message: (content: { outTradeNo: string; forged?: boolean; amount?: string }): IncomingMessage => ({
      headers: new Headers(),
      body: new TextEncoder().encode(JSON.stringify(content)),
    }),
  }
}
