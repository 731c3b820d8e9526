import type { Fields } from '#lib/domain/merge-edit.ts'
import { parseYuan, toYuan, ZERO_FEN } from '#lib/domain/money.ts'
import { ShopRules, type StoredRules, storedRules } from '#lib/shop-rules.ts'

/** The settings as fields of their form: money in yuan. */
export const fieldsOfRules = ({ refund_approval_fen, low_stock_units, ...lines }: ShopRules): Fields => ({
  ...lines,
  refund_approval_fen: toYuan(refund_approval_fen),
  low_stock_units: String(low_stock_units),
})

/** The settings that the form showed, from what it sent along; what came with the shop where that is no form of ours. */
export function readRulesSeen(base: string | undefined): StoredRules {
  try {
    const fields = JSON.parse(base ?? '{}') as Fields
    const refund = (parseYuan(fields['refund_approval_fen'] ?? '') ?? ZERO_FEN).toString()
    const seen = { ...fields, refund_approval_fen: refund, low_stock_units: Number(fields['low_stock_units']) }
    return storedRules(ShopRules.parse(seen))
  } catch {
    return storedRules(ShopRules.parse({}))
  }
}
