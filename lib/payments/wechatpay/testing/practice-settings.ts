import { X509Certificate } from 'node:crypto'
import type { WechatPaySettings } from '../settings.ts'
import { clientFor, loginSettings, merchant, PUBLIC_KEY_ID } from './wechat-double.ts'

/** Settings of a merchant in public-key mode whose gateway nobody reaches. */
export const practiceSettings = (overrides: Partial<WechatPaySettings> = {}): WechatPaySettings => ({
  client: clientFor(),
  scenes: ['qr', 'h5', 'jsapi'],
  login: loginSettings,
  certificate: new X509Certificate(merchant.pem),
  publicKeyId: PUBLIC_KEY_ID,
  ...overrides,
})
