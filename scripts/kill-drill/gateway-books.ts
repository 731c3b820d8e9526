import { z } from 'zod'
import { parseYuan } from '#lib/domain/money.ts'
import { PROVIDER_NAMES, type ProviderName } from '#lib/payments/port.ts'

/** What a gateway keeps of one trade, by its own book. */
export type GatewayTrade = {
  readonly provider: ProviderName
  readonly outTradeNo: string
  readonly paid: boolean
  /** Paid and not given back, in fen. */
  readonly keptFen: bigint
}

const PAID = new Set(['TRADE_SUCCESS', 'TRADE_FINISHED', 'SUCCESS', 'REFUND', 'succeeded'])
const Trade = z
  .object({
    out_trade_no: z.string().optional(),
    order_id: z.string().optional(),
    status: z.string(),
    paid_at: z.string().nullish(),
    total: z.string().optional(),
    amount: z.string().optional(),
    refunded: z.string().optional(),
    returned: z.string().optional(),
  })
  .transform((trade) => ({
    outTradeNo: trade.out_trade_no ?? trade.order_id ?? '',
    paid: PAID.has(trade.status) || Boolean(trade.paid_at),
    total: fen(trade.total ?? trade.amount ?? '0.00'),
    back: fen(trade.refunded ?? trade.returned ?? '0.00'),
  }))
const Book = z.partialRecord(z.enum(PROVIDER_NAMES), z.object({ trades: z.array(Trade) }))

function fen(yuan: string): bigint {
  const parsed = parseYuan(yuan)
  if (parsed === null) throw new Error(`a gateway's book says ${yuan}`)
  return parsed
}

/** All trades of all gateways of a sandbox. */
export async function readGatewayBooks(sandbox: string): Promise<readonly GatewayTrade[]> {
  const book = Book.parse(await (await fetch(`${sandbox}/api/book`)).json())
  return PROVIDER_NAMES.flatMap((provider) =>
    (book[provider]?.trades ?? []).map(({ outTradeNo, paid, total, back }) => ({
      provider,
      outTradeNo,
      paid,
      keptFen: paid ? total - back : 0n,
    })),
  )
}
