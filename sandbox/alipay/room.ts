import type { CallLog } from '../book/call-log.ts'
import type { Book } from '../book/open-book.ts'
import type { Clock } from '../clock.ts'
import type { FaultRules } from '../faults/fault-rules.ts'
import type { Ids } from '../ids.ts'
import type { NotificationQueue } from '../notifier/notification-queue.ts'
import type { AlipayKeys } from './keys.ts'
import type { AlipaySettingsStore } from './settings.ts'

/** The demo merchant: the one app that this gateway serves. */
export interface Merchant {
  readonly appId: string
  readonly sellerId: string
  readonly sellerEmail: string
}

/** What every part of the Alipay gateway works with. */
export interface AlipayRoom {
  readonly book: Book
  readonly clock: Clock
  readonly ids: Ids
  readonly keys: AlipayKeys
  readonly faults: FaultRules
  readonly notifications: NotificationQueue
  readonly calls: CallLog
  readonly settings: AlipaySettingsStore
  readonly merchant: Merchant
  /** Where browsers reach the sandbox, without a slash at the end. */
  readonly publicUrl: string
}
