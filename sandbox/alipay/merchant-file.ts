import { writeFileSync } from 'node:fs'
import type { AlipayRoom } from './room.ts'

/**
 * Writes what the demo merchant configures in the shop, as the open platform would hand it over, and once more under the
 * names that the shop's settings have. Readable by its owner only, since it holds the merchant's private key.
 * @returns the path
 */
export function writeMerchantFile(room: AlipayRoom, path: string, gatewayUrl: string): string {
  const { keys, merchant } = room
  const settings = {
    gatewayUrl,
    appId: merchant.appId,
    sellerId: merchant.sellerId,
    signType: 'RSA2',
    merchantPrivateKey: keys.merchantPrivateKeyPem,
    alipayPublicKey: keys.gatewayPublicKeyPem,
    encryptKey: keys.encryptKey,
    files: {
      merchantPrivateKey: keys.file('merchantKey'),
      alipayPublicKey: keys.file('gatewayPublicKey'),
      appCertificate: keys.file('appCertificate'),
      alipayCertificate: keys.file('alipayCertificate'),
      alipayRootCertificate: keys.file('rootCertificates'),
    },
    environment: {
      ALIPAY_GATEWAY_URL: gatewayUrl,
      ALIPAY_APP_ID: merchant.appId,
      ALIPAY_SELLER_ID: merchant.sellerId,
      ALIPAY_PRIVATE_KEY_FILE: keys.file('merchantKey'),
      ALIPAY_PUBLIC_KEY_FILE: keys.file('gatewayPublicKey'),
    },
  }
  writeFileSync(path, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
  return path
}
