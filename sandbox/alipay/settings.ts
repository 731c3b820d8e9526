import { z } from 'zod'
import type { Book } from '../book/open-book.ts'
import { openSettings, type SettingsStore } from '../book/open-settings.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const Ms = z.number().int().min(0).max(1e12)

const AlipaySettings = z.strictObject({
  /** How far a request's timestamp may be from the gateway's clock, either way. */
  timestampToleranceMs: Ms,
  /** How long an unscanned QR stays usable. */
  qrLifeMs: Ms,
  /** How long an unpaid trade stays open when the merchant sets no limit. */
  tradeLifeMs: Ms,
  /** After this a paid trade is finished and can no longer be refunded. */
  refundWindowMs: Ms,
  cancelWindowMs: Ms,
  /** How long the address of a bill is good for. */
  billLinkMs: Ms,
  /** Service fee in 1/10,000 of the amount. */
  feePerTenThousand: z.number().int().min(0).max(10_000),
})
export type AlipaySettings = Readonly<z.infer<typeof AlipaySettings>>
export const SettingsPatch = AlipaySettings.partial()
export type SettingsPatch = z.infer<typeof SettingsPatch>

const USUAL: AlipaySettings = {
  timestampToleranceMs: 15 * MINUTE,
  qrLifeMs: 120 * MINUTE,
  tradeLifeMs: 15 * DAY,
  refundWindowMs: 365 * DAY,
  cancelWindowMs: DAY,
  billLinkMs: 30_000,
  feePerTenThousand: 60,
}

export type AlipaySettingsStore = SettingsStore<AlipaySettings>

export const openAlipaySettings = (book: Book, overrides: SettingsPatch): AlipaySettingsStore =>
  openSettings(book, { name: 'alipay_settings', schema: AlipaySettings, usual: { ...USUAL, ...overrides } })
