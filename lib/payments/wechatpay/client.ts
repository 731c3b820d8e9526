import type { GatewayAccess } from './gateway.ts'
import type { WechatKeys } from './wechat-keys.ts'

/** What the calls of this room share: who we are, whose signatures we believe, and where notifications go. */
export type WechatClient = {
  readonly access: GatewayAccess
  readonly keys: WechatKeys
  /** 32 bytes; opens what WeChat Pay seals for us. */
  readonly apiV3Key: Uint8Array
  /** The one before, for messages that it sealed and that come again; null when there is none. */
  readonly formerApiV3Key: Uint8Array | null
  readonly notifyUrl: string
}
