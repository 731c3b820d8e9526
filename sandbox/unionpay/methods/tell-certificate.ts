import { CertificateQuestion } from '../order-fields.ts'
import { type ReadRequest, readFields } from '../read-request.ts'
import type { Outcome } from '../response-codes.ts'
import type { UnionpayRoom } from '../room.ts'

/** The certificate with which a merchant encrypts card numbers that it sends. */
export function tellCertificate(room: UnionpayRoom, { fields }: ReadRequest): Outcome {
  const read = readFields(CertificateQuestion, fields)
  if (!read.value) return read.refusal
  return { code: '00', fields: { certType: '01', encryptPubKeyCert: room.keys.encryptCertificatePem.trimEnd() } }
}
