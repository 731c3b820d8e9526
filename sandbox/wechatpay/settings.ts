import { z } from 'zod'
import type { Book } from '../book/open-book.ts'
import { openSettings, type SettingsStore } from '../book/open-settings.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
const Ms = z.number().int().min(0).max(1e12)
const Share = z.number().min(0).max(1)

const WechatPaySettings = z.strictObject({
  /**
   * What the platform signs with. `public_key`: as for merchants of today, there is no certificate to download.
   * `certificate`: as for old ones. `both`: the move from one to the other.
   */
  platform: z.enum(['public_key', 'certificate', 'both']),
  /** While it moves: which part of the notifications is signed with the public key, and of the answers to who asks for neither. */
  publicKeyShare: Share,
  /** A new certificate is first only listed (`announced`), then signs beside the old one (`both`), then alone (`done`). */
  rotation: z.enum(['announced', 'both', 'done']),
  /** Which part of answers and notifications carries a signature that is wrong on purpose. */
  probeRate: Share,
  /** How far a request's timestamp may be from the gateway's clock, either way. */
  timestampToleranceMs: Ms,
  /** Whether a nonce that was seen within that time is refused. */
  refuseRepeatedNonce: z.boolean(),
  codeLifeMs: Ms,
  h5LifeMs: Ms,
  prepayLifeMs: Ms,
  /** An unpaid order is closed after this. */
  tradeLifeMs: Ms,
  /** Hosts from which an H5 page may be opened; null for the host of the order's notification address. */
  h5Hosts: z.array(z.string()).nullable(),
  /** From acceptance to success of a refund, before the pace of the sandbox. */
  refundTakesMs: Ms,
  /** Between two refunds of one order, before the pace of the sandbox. */
  refundGapMs: Ms,
  refundWindowMs: Ms,
  refundsPerOrder: z.number().int().min(1).max(1_000),
  /** How long the address of a bill is good for. */
  billLinkMs: Ms,
  /** Fee in 1/10,000 of the amount. */
  feePerTenThousand: z.number().int().min(0).max(10_000),
  /** ORDERPAID, ORDERNOTEXIST and RATELIMIT_EXCEEDED, as some documents have them. */
  oldSpellings: z.boolean(),
})
export type WechatPaySettings = Readonly<z.infer<typeof WechatPaySettings>>
export const SettingsPatch = WechatPaySettings.partial()
export type SettingsPatch = z.infer<typeof SettingsPatch>

const USUAL: WechatPaySettings = {
  platform: 'public_key',
  publicKeyShare: 0.5,
  rotation: 'done',
  probeRate: 0,
  timestampToleranceMs: 5 * MINUTE,
  refuseRepeatedNonce: true,
  codeLifeMs: 120 * MINUTE,
  h5LifeMs: 5 * MINUTE,
  prepayLifeMs: 120 * MINUTE,
  tradeLifeMs: 7 * DAY,
  h5Hosts: null,
  refundTakesMs: 5 * MINUTE,
  refundGapMs: MINUTE,
  refundWindowMs: 365 * DAY,
  refundsPerOrder: 50,
  billLinkMs: 5 * MINUTE,
  feePerTenThousand: 60,
  oldSpellings: false,
}

/** @param overrides what this sandbox is started with; the book's word goes before it */
export const openWechatPaySettings = (book: Book, overrides: SettingsPatch): SettingsStore<WechatPaySettings> =>
  openSettings(book, { name: 'wechatpay_settings', schema: WechatPaySettings, usual: { ...USUAL, ...overrides } })
