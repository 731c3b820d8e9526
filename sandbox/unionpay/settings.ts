import { z } from 'zod'
import type { Book } from '../book/open-book.ts'
import { openSettings, type SettingsStore } from '../book/open-settings.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const Ms = z.number().int().min(0).max(1e12)

const UnionpaySettings = z.strictObject({
  /** How long ago a new transaction's `txnTime` may lie. */
  txnTimePastMs: Ms,
  /** How far ahead of the gateway's clock it may lie. */
  txnTimeAheadMs: Ms,
  /** How long an unpaid order stays open when the merchant sends no `payTimeout`. */
  orderLifeMs: Ms,
  /** True: the form of an order that is still unpaid may be posted again unchanged and opens the same cashier. */
  reopensUnpaid: z.boolean(),
  /** For how long a payment can be refunded. */
  refundWindowMs: Ms,
  /** From acceptance to execution of a refund or cancel, before the pace of the sandbox; null waits for the switchboard. */
  refundTakesMs: Ms.nullable(),
  /** For how long the bank of the slow test card leaves its answer open. */
  slowBankMs: Ms,
  /** Service fee in 1/10,000 of the amount. */
  feePerTenThousand: z.number().int().min(0).max(10_000),
})
export type UnionpaySettings = Readonly<z.infer<typeof UnionpaySettings>>
export const SettingsPatch = UnionpaySettings.partial()
export type SettingsPatch = z.infer<typeof SettingsPatch>

const USUAL: UnionpaySettings = {
  txnTimePastMs: 60 * MINUTE,
  txnTimeAheadMs: 5 * MINUTE,
  orderLifeMs: DAY,
  reopensUnpaid: true,
  refundWindowMs: 330 * DAY,
  refundTakesMs: 5 * MINUTE,
  slowBankMs: MINUTE,
  feePerTenThousand: 60,
}

export type UnionpaySettingsStore = SettingsStore<UnionpaySettings>

export const openUnionpaySettings = (book: Book, overrides: SettingsPatch): UnionpaySettingsStore =>
  openSettings(book, { name: 'unionpay_settings', schema: UnionpaySettings, usual: { ...USUAL, ...overrides } })
