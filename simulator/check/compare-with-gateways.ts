import type postgres from 'postgres'
import type { BuiltSandbox } from '../../sandbox/start-sandbox.ts'

/** In which of its states a gateway keeps money, or has kept it before it went back. */
const HOLDS_MONEY: Readonly<Record<string, (trade: { status: string; refunded: string }) => boolean>> = {
  alipay: ({ status, refunded }) => ['TRADE_SUCCESS', 'TRADE_FINISHED'].includes(status) || refunded !== '0.00',
  wechatpay: ({ status }) => ['SUCCESS', 'REFUND'].includes(status),
  unionpay: ({ status }) => status === 'payment succeeded',
}
const TRADES_AT_MOST = 100_000

type Sums = { readonly taken: string; readonly refunded: string }

/** What the gateways' own books have and ours has not, or the other way round; empty when they agree to the fen. */
export async function compareWithGateways(sql: postgres.Sql, sandbox: BuiltSandbox): Promise<string[]> {
  const theirs = new Map<string, Sums>()
  for (const { name, recentTrades } of sandbox.gateways)
    for (const trade of recentTrades(TRADES_AT_MOST))
      if (HOLDS_MONEY[name]?.(trade))
        theirs.set(`${name} ${trade.target}`, { taken: toFen(trade.total), refunded: toFen(trade.refunded) })
  const ours = await readBooked(sql)

  return [...new Set([...theirs.keys(), ...ours.keys()])]
    .filter((trade) => JSON.stringify(theirs.get(trade)) !== JSON.stringify(ours.get(trade)))
    .map((trade) => `gateway and shop differ: ${trade}, ${say(theirs.get(trade))} there, ${say(ours.get(trade))} here`)
}

async function readBooked(sql: postgres.Sql): Promise<Map<string, Sums>> {
  const rows = await sql<{ trade: string; taken: string; refunded: string }[]>`
    select provider || ' ' || out_trade_no as trade,
      (select sum(amount_fen) from payment_events
        where attempt_id = payment_attempts.id and outcome in ('captured', 'surplus', 'late'))::text as taken,
      (select coalesce(sum(amount_fen), 0) from refunds
        where attempt_id = payment_attempts.id and state = 'succeeded')::text as refunded
    from payment_attempts where exists (select from payment_events where attempt_id = payment_attempts.id)`
  return new Map(rows.map(({ trade, taken, refunded }) => [trade, { taken, refunded }]))
}

/** `12.30` → `1230`. A gateway that has nothing to say about refunds leaves it empty. */
const toFen = (yuan: string): string => String(Number(yuan.replace('.', '')))

const say = (sums: Sums | undefined): string =>
  sums ? `${sums.taken} fen taken and ${sums.refunded} refunded` : 'nothing'
