import type { CallLog } from '../book/call-log.ts'
import type { Book } from '../book/open-book.ts'
import type { SettingsStore } from '../book/open-settings.ts'
import type { Clock } from '../clock.ts'
import type { FaultRules } from '../faults/fault-rules.ts'
import type { Ids } from '../ids.ts'
import type { NotificationQueue } from '../notifier/notification-queue.ts'
import type { Pace } from '../pace.ts'
import type { WechatPayKeys } from './keys.ts'
import type { WechatPaySettings } from './settings.ts'

/** The demo merchant: the one that this gateway serves, with its official account. */
export interface Merchant {
  readonly mchid: string
  readonly appid: string
  /** What the shop changes a code of the OAuth redirect into an openid with. */
  readonly appSecret: string
  readonly name: string
}

/** What every part of the WeChat Pay gateway works with. */
export interface WechatPayRoom {
  readonly book: Book
  readonly clock: Clock
  readonly ids: Ids
  readonly pace: Pace
  readonly keys: WechatPayKeys
  readonly faults: FaultRules
  readonly notifications: NotificationQueue
  readonly calls: CallLog
  readonly settings: SettingsStore<WechatPaySettings>
  readonly merchant: Merchant
  /** Where browsers and merchants reach the sandbox, without a slash at the end. */
  readonly publicUrl: string
}
