import type { Book } from '../book/open-book.ts'
import type { Clock } from '../clock.ts'
import type { FaultRules } from '../faults/fault-rules.ts'
import type { Ids } from '../ids.ts'
import type { NotificationQueue } from '../notifier/notification-queue.ts'
import type { AlipayKeys } from './keys.ts'

/** The demo merchant: the one app that this gateway serves. */
export interface Merchant {
  readonly appId: string
  readonly sellerId: string
  readonly sellerEmail: string
}

export interface AlipaySettings {
  /** How far a request's timestamp may be from the gateway's clock, either way. */
  readonly timestampToleranceMs: number
  /** How long an unscanned QR stays usable. */
  readonly qrLifeMs: number
  /** How long an unpaid trade stays open when the merchant sets no limit. */
  readonly tradeLifeMs: number
  /** After this a paid trade is finished and can no longer be refunded. */
  readonly refundWindowMs: number
  readonly cancelWindowMs: number
  readonly billLinkMs: number
  /** Service fee in 1/10,000 of the amount. */
  readonly feePerTenThousand: bigint
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export const USUAL_SETTINGS: AlipaySettings = {
  timestampToleranceMs: 15 * MINUTE,
  qrLifeMs: 120 * MINUTE,
  tradeLifeMs: 15 * DAY,
  refundWindowMs: 365 * DAY,
  cancelWindowMs: DAY,
  billLinkMs: 30_000,
  feePerTenThousand: 60n,
}

/** What every part of the Alipay gateway works with. */
export interface AlipayRoom {
  readonly book: Book
  readonly clock: Clock
  readonly ids: Ids
  readonly keys: AlipayKeys
  readonly faults: FaultRules
  readonly notifications: NotificationQueue
  readonly settings: AlipaySettings
  readonly merchant: Merchant
  /** Where browsers reach the sandbox, without a slash at the end. */
  readonly publicUrl: string
}
