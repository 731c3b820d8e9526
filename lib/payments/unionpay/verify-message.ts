import { err, ok, type Result } from '../../result.ts'
import type { VerifyError } from '../errors.ts'
import { isUnambiguous } from './fields.ts'
import type { SignerTrust } from './signer-trust.ts'
import { digestSignatureHolds, type Fields, SIGN_METHOD, signedText, VERSION } from './signing.ts'

const bad = (reason: string) => err({ code: 'bad_signature', reason })

/**
 * Answers the fields once their signature holds under a certificate of UnionPay. Version and method are ours to
 * choose: a message that names others, such as 5.0.0 with its SHA-1, is refused before anything of it is computed.
 */
export function verifyMessage(fields: Fields, trust: SignerTrust, now: Date): Result<Fields, VerifyError> {
  const [version, method] = [fields.get('version'), fields.get('signMethod')]
  if (version !== VERSION || method !== SIGN_METHOD) return bad(`version ${version}, method ${method} is not taken`)
  const signature = fields.get('signature')
  if (!signature) return bad('there is none')
  if (!isUnambiguous(fields)) return err({ code: 'malformed', reason: 'a value could be read as another field' })
  const key = trust.keyOf(fields.get('signPubKeyCert') ?? '', now)
  if (!key.ok) return bad(`the certificate is not believed: ${key.error.reason}`)
  return digestSignatureHolds(signedText(fields), signature, key.value)
    ? ok(fields)
    : bad('the signature does not hold')
}
