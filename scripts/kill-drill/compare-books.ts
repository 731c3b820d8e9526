import { auditMoney } from '#db/audit/audit-money.ts'
import { sql } from '#db/client.ts'
import { readGatewayBooks } from './gateway-books.ts'

/** What we keep of one trade: paid and not given back, in fen, and what became of its order. */
type OurTrade = {
  readonly outTradeNo: string
  readonly keptFen: string
  readonly orderState: string
  readonly captures: number
}

/**
 * Every way in which the gateways' books and ours differ, in words; empty when they agree and ours are sound.
 * @param acknowledged the trades of which a shopper was told at the cashier that they are paid.
 */
export async function compareBooks(sandbox: string, acknowledged: readonly string[]): Promise<string[]> {
  const [theirs, ours] = await Promise.all([readGatewayBooks(sandbox), readOurTrades()])
  const byNumber = new Map(ours.map((trade) => [trade.outTradeNo, trade]))
  const paidThere = new Set(theirs.filter(({ paid }) => paid).map(({ outTradeNo }) => outTradeNo))
  const lost = acknowledged.filter((outTradeNo) => !paidThere.has(outTradeNo))
  const differences = theirs.flatMap(({ outTradeNo, provider, paid, keptFen }) => {
    const our = byNumber.get(outTradeNo)
    if (!our) return paid ? [`${provider} has ${outTradeNo} paid, and we know of no such attempt`] : []
    if (BigInt(our.keptFen) !== keptFen)
      return [`${outTradeNo}: ${provider} keeps ${keptFen} fen of it for us, we say ${our.keptFen}`]
    const delivered = our.orderState === 'confirmed' || our.orderState === 'completed'
    if (keptFen > 0n && !delivered) return [`${outTradeNo} is paid and its order is ${our.orderState}`]
    return our.captures > 1 ? [`${outTradeNo} is booked ${our.captures} times`] : []
  })
  return [
    ...lost.map((outTradeNo) => `${outTradeNo} was acknowledged and ${sandbox} does not have it paid`),
    ...differences,
    ...(await auditMoney()).map((finding) => JSON.stringify(finding)),
  ]
}

const readOurTrades = () => sql<OurTrade[]>`
  select out_trade_no as "outTradeNo", orders.state as "orderState",
    (select count(*)::int from payment_events where attempt_id = payment_attempts.id and outcome = 'captured') as captures,
    (coalesce((select sum(amount_fen) from payment_events
        where attempt_id = payment_attempts.id and outcome in ('captured', 'surplus', 'late')), 0)
      - coalesce((select sum(amount_fen) from refunds where attempt_id = payment_attempts.id and state = 'succeeded'), 0)
    )::text as "keptFen"
  from payment_attempts join payments on payments.id = payment_id join orders on orders.id = payments.order_id`
