import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { decodeText } from './charset.ts'
import { type GatewayAccess, signRequest } from './gateway.ts'
import { postForm } from './post-form.ts'
import { readContent } from './read-answer.ts'
import { takeApart } from './response.ts'
import { CertificateAnswer } from './wire.ts'

const METHOD = 'alipay.open.app.alipaycert.download'

/**
 * The PEM text behind a certificate number; null when Alipay gave none. The answer may be signed with the very key
 * that it brings, so its signature is not looked at: the certificate has to prove itself by its chain.
 */
export async function downloadCertificate(access: GatewayAccess, certSn: string): Promise<string | null> {
  const answered = await postForm(
    access,
    () => signRequest(access, METHOD, { alipay_cert_sn: certSn }),
    async (body) => readCertificate(body, access.encryptKey),
  )
  return answered.ok ? answered.value : null
}

function readCertificate(body: Uint8Array, encryptKey: Uint8Array | null): Result<string, CallError> {
  const raw = takeApart(decodeText(body, 'utf-8') ?? '', `${METHOD.replaceAll('.', '_')}_response`)
  if (!raw.ok) return err({ code: 'unknown', reason: raw.error.reason })
  const answer = CertificateAnswer.safeParse(readContent(raw.value.content, encryptKey))
  if (!answer.success) return err({ code: 'untrusted', claim: 'there is no certificate in the answer' })
  return ok(Buffer.from(answer.data.alipay_cert_content, 'base64').toString('utf8'))
}
