import type { GatewayAccess } from './gateway.ts'
import type { WechatKeys } from './wechat-keys.ts'

/** What the calls of this room share: who we are, whose signatures we believe, and where notifications go. */
export type WechatClient = {
  readonly access: GatewayAccess
  readonly keys: WechatKeys
  /** 32 bytes; opens what WeChat Pay seals for us. */
  readonly apiV3Key: Uint8Array
  readonly notifyUrl: string
}
