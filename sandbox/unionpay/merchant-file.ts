import { writeFileSync } from 'node:fs'
import { KEY_STORE_PASSWORD } from './keys.ts'
import { PATHS } from './methods.ts'
import type { UnionpayRoom } from './room.ts'

/**
 * Writes what the demo merchant configures in the shop, as UnionPay's service platform would hand it over, and once more
 * under the names that the shop's settings have. Readable by its owner only, since it holds the key store's password.
 * @returns the path
 */
export function writeMerchantFile(room: UnionpayRoom, path: string): string {
  const { keys, merchant, publicUrl } = room
  const fileUrl = `${publicUrl}${PATHS.file}`
  const settings = {
    gatewayUrl: publicUrl,
    fileUrl,
    merId: merchant.merId,
    certId: keys.merchantCertId,
    keyStorePassword: KEY_STORE_PASSWORD,
    files: {
      keyStore: keys.file('keyStore'),
      merchantKey: keys.file('merchantKey'),
      merchantCertificate: keys.file('merchantCertificate'),
      intermediateCertificate: keys.file('intermediateCertificate'),
      rootCertificate: keys.file('rootCertificate'),
    },
    environment: {
      UNIONPAY_GATEWAY_URL: publicUrl,
      UNIONPAY_FILE_URL: fileUrl,
      UNIONPAY_MER_ID: merchant.merId,
      UNIONPAY_PFX_FILE: keys.file('keyStore'),
      UNIONPAY_PFX_PASSWORD: KEY_STORE_PASSWORD,
      UNIONPAY_ROOT_CERTIFICATE_FILE: keys.file('rootCertificate'),
      UNIONPAY_INTERMEDIATE_CERTIFICATE_FILE: keys.file('intermediateCertificate'),
    },
  }
  writeFileSync(path, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
  return path
}
