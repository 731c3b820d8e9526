import { shanghaiRfc3339 } from '../../shanghai-time.ts'
import { listedCertificates } from '../platform-keys.ts'
import { type Outcome, problem } from '../problems.ts'
import type { WechatPayRoom } from '../room.ts'
import { seal } from '../signature.ts'

/** The platform's certificates, each sealed with the APIv3 key, by which the merchant knows where they come from. */
export function listCertificates(room: WechatPayRoom): Outcome {
  const certificates = listedCertificates(room)
  if (certificates.length === 0)
    return {
      problem: problem('RESOURCE_NOT_EXISTS', '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥'),
    }
  return {
    fields: {
      data: certificates.map(({ serial, pem, effectiveAt, expiresAt }) => ({
        serial_no: serial,
        effective_time: shanghaiRfc3339(effectiveAt),
        expire_time: shanghaiRfc3339(expiresAt),
        encrypt_certificate: seal(pem, {
          key: room.keys.apiV3Key,
          nonce: room.ids.token(12),
          associatedData: 'certificate',
        }),
      })),
    },
  }
}
