import { CertificateChoice, readBiz } from '../biz-fields.ts'
import { type Outcome, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { AlipayRoom } from '../room.ts'

/** The text of a certificate that the gateway signs or has signed with, base64 of its PEM. */
export function downloadCertificate(room: AlipayRoom, request: GatewayRequest): Outcome {
  const read = readBiz(CertificateChoice, request.biz)
  if ('problem' in read) return read
  const found = room.keys.certificates().find(({ sn }) => sn === read.value.alipay_cert_sn)
  if (!found) return { problem: problem('isv.cert-not-exist') }
  return { fields: { alipay_cert_content: Buffer.from(found.pem).toString('base64') } }
}
