import { X509Certificate } from 'node:crypto'
import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { openSealed } from './encryption.ts'
import { askRepeatedly, type GatewayAccess } from './gateway.ts'
import { parseJson, type RawAnswer } from './read-answer.ts'
import { verifyMessage } from './verify-message.ts'
import type { DownloadCertificates, WechatPublicKey } from './wechat-keys.ts'
import { CertificatesAnswer, Complaint } from './wire.ts'

type Origin = {
  readonly access: GatewayAccess
  readonly apiV3Key: Uint8Array
  readonly publicKey: WechatPublicKey | null
}

/**
 * The platform certificates of the day. The first answer is signed with a key that only comes with it, so each
 * certificate is opened with our APIv3 key first, which proves where it is from, and then the answer is verified.
 */
export const certificateDownload =
  ({ access, apiV3Key, publicKey }: Origin): DownloadCertificates =>
  async () => {
    const question = { method: 'GET', path: '/v3/certificates' } as const
    const answered = await askRepeatedly(access, question, (answer) =>
      readCertificatesAnswer(answer, apiV3Key, publicKey, access.clock()),
    )
    if (!answered.ok)
      return err({ code: 'failed', reason: `the certificates could not be had: ${wordsOf(answered.error)}` })
    return answered.value ? ok(answered.value) : err({ code: 'none', reason: 'WeChat Pay has no certificates for us' })
  }

const wordsOf = (error: CallError): string =>
  'reason' in error ? error.reason : 'claim' in error ? error.claim : error.code

/** Null when the merchant has no certificates: new ones are given a public key instead. */
async function readCertificatesAnswer(
  answer: RawAnswer,
  apiV3Key: Uint8Array,
  publicKey: WechatPublicKey | null,
  now: Date,
): Promise<Result<readonly X509Certificate[] | null, CallError>> {
  if (answer.status === 404 && Complaint.safeParse(parseJson(answer.body)).data?.code === 'RESOURCE_NOT_EXISTS') {
    return ok(null)
  }
  if (answer.status !== 200) return err({ code: 'unknown', reason: `HTTP ${answer.status}` })
  const parsed = CertificatesAnswer.safeParse(parseJson(answer.body))
  if (!parsed.success) return err({ code: 'untrusted', claim: 'there are no certificates in the answer' })

  const certificates: X509Certificate[] = []
  for (const { serial_no: serial, encrypt_certificate: sealed } of parsed.data.data) {
    const opened = openSealed({ ...sealed, associatedData: sealed.associated_data }, apiV3Key)
    if (!opened.ok)
      return err({ code: 'untrusted', claim: `a certificate was not sealed for us: ${opened.error.reason}` })
    const certificate = readCertificate(opened.value)
    if (certificate?.serialNumber !== serial) {
      return err({ code: 'untrusted', claim: 'a certificate is another than its serial says' })
    }
    certificates.push(certificate)
  }
  const verified = await verifyMessage(heldKeys(certificates, publicKey), answer, now)
  if (verified.ok) return ok(certificates)
  const { code, reason } = verified.error
  return err(code === 'probe' ? { code: 'unknown', reason } : { code: 'untrusted', claim: `${code}: ${reason}` })
}

const heldKeys = (certificates: readonly X509Certificate[], publicKey: WechatPublicKey | null) => ({
  certificates: () => certificates,
  async keyFor(serial: string) {
    const certificate = certificates.find(({ serialNumber }) => serialNumber === serial)
    const key = serial === publicKey?.id ? publicKey.key : certificate?.publicKey
    return key
      ? ok(key)
      : err({ code: 'unknown_serial', reason: 'signed with a key that is not among those it brings' })
  },
})

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}
