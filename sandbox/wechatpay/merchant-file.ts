import { writeFileSync } from 'node:fs'
import { AUTHORIZE_PATH, OPENID_PATH } from './oauth/answer-oauth.ts'
import type { WechatPayRoom } from './room.ts'

/**
 * Writes what the demo merchant configures in the shop, as the merchant platform would hand it over, and once more under
 * the names that the shop's settings have. Readable by its owner only, since it holds the merchant's private key.
 * @returns the path
 */
export function writeMerchantFile(room: WechatPayRoom, path: string): string {
  const { keys, merchant, publicUrl } = room
  const backupUrl = byNumber(publicUrl)
  const settings = {
    gatewayUrl: publicUrl,
    backupUrl,
    authorizeUrl: `${publicUrl}${AUTHORIZE_PATH}`,
    openidUrl: `${publicUrl}${OPENID_PATH}`,
    mchid: merchant.mchid,
    appid: merchant.appid,
    appSecret: merchant.appSecret,
    merchantSerial: keys.merchantSerial,
    merchantPrivateKey: keys.merchantPrivateKeyPem,
    apiV3Key: keys.apiV3Key,
    publicKeyId: keys.publicKey.serial,
    publicKey: keys.publicKey.pem,
    files: {
      merchantPrivateKey: keys.file('merchantKey'),
      merchantCertificate: keys.file('merchantCertificate'),
      publicKey: keys.file('publicKey'),
      apiV3Key: keys.file('apiV3Key'),
    },
    environment: {
      WECHATPAY_GATEWAY_URL: publicUrl,
      WECHATPAY_BACKUP_URL: backupUrl,
      WECHATPAY_AUTHORIZE_URL: `${publicUrl}${AUTHORIZE_PATH}`,
      WECHATPAY_OPENID_URL: `${publicUrl}${OPENID_PATH}`,
      WECHATPAY_MCH_ID: merchant.mchid,
      WECHATPAY_APP_ID: merchant.appid,
      WECHATPAY_APP_SECRET: merchant.appSecret,
      WECHATPAY_PRIVATE_KEY_FILE: keys.file('merchantKey'),
      WECHATPAY_CERTIFICATE_FILE: keys.file('merchantCertificate'),
      WECHATPAY_API_V3_KEY_FILE: keys.file('apiV3Key'),
      WECHATPAY_PUBLIC_KEY_ID: keys.publicKey.serial,
      WECHATPAY_PUBLIC_KEY_FILE: keys.file('publicKey'),
    },
  }
  writeFileSync(path, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
  return path
}

/** The sandbox under its number instead of its name: the same process, but another host to fall over to. */
const byNumber = (publicUrl: string): string => publicUrl.replace('//localhost:', '//127.0.0.1:')
