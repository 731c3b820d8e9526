import type { CallLog } from '../book/call-log.ts'
import type { Book } from '../book/open-book.ts'
import type { Clock } from '../clock.ts'
import type { FaultRules } from '../faults/fault-rules.ts'
import type { Ids } from '../ids.ts'
import type { NotificationQueue } from '../notifier/notification-queue.ts'
import type { Pace } from '../pace.ts'
import type { UnionpayKeys } from './keys.ts'
import type { UnionpaySettingsStore } from './settings.ts'

/** The demo merchant: the one that this gateway serves. */
export interface Merchant {
  readonly merId: string
  /** As the settlement file writes it, in GBK. */
  readonly abbreviation: string
}

/** What every part of the UnionPay gateway works with. */
export interface UnionpayRoom {
  readonly book: Book
  readonly clock: Clock
  readonly ids: Ids
  readonly pace: Pace
  readonly keys: UnionpayKeys
  readonly faults: FaultRules
  readonly notifications: NotificationQueue
  readonly calls: CallLog
  readonly settings: UnionpaySettingsStore
  readonly merchant: Merchant
  /** Where browsers reach the sandbox, without a slash at the end. */
  readonly publicUrl: string
}
