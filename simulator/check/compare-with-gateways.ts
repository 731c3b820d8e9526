import type postgres from 'postgres'
import type { BuiltSandbox } from '../../sandbox/start-sandbox.ts'

/** In which of its states a gateway keeps money, or has kept it before it went back. */
const HOLDS_MONEY: Readonly<Record<string, (trade: { status: string; refunded: string }) => boolean>> = {
  alipay: ({ status, refunded }) => ['TRADE_SUCCESS', 'TRADE_FINISHED'].includes(status) || refunded !== '0.00',
}
const TRADES_AT_MOST = 100_000

/** What the gateways' own books have and ours has not, or the other way round; empty when they agree to the fen. */
export async function compareWithGateways(sql: postgres.Sql, sandbox: BuiltSandbox): Promise<string[]> {
  const ours = await sql<{ provider: string; no: string; fen: string }[]>`
    select payment_attempts.provider, out_trade_no as no, sum(payment_events.amount_fen)::text as fen
    from payment_events join payment_attempts on payment_attempts.id = attempt_id group by 1, 2`
  const booked = new Map(ours.map(({ provider, no, fen }) => [`${provider} ${no}`, fen]))
  const taken = new Map<string, string>()
  for (const { name, recentTrades } of sandbox.gateways)
    for (const trade of recentTrades(TRADES_AT_MOST))
      if (HOLDS_MONEY[name]?.(trade))
        taken.set(`${name} ${trade.target}`, trade.total.replace('.', '').replace(/^0+/, ''))

  const problems: string[] = []
  for (const [trade, fen] of taken)
    if (booked.get(trade) !== fen)
      problems.push(`a gateway took ${fen} fen, we booked ${booked.get(trade) ?? 'nothing'}: ${trade}`)
  for (const [trade, fen] of booked)
    if (!taken.has(trade)) problems.push(`we booked ${fen} fen that no gateway took: ${trade}`)
  return problems
}
