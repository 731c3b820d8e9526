import type { CallError } from '../errors.ts'
import { bad, findExpiry, good, measureClock } from '../findings.ts'
import type { Finding } from '../port.ts'
import type { UnionpaySettings } from './settings.ts'
import { queryTrade } from './trade-calls.ts'

/** A number that no attempt can have: it is asked for to see whether question and answer are both signed well. */
const NOBODYS_ORDER = 'COMPTOIRCHECK'

/** What is set, how long the certificates last, and whether the gateway understands us. */
export async function diagnoseUnionpay(settings: UnionpaySettings): Promise<readonly Finding[]> {
  const { client, certificates } = settings
  const { merId, certId, clock, gatewayUrl } = client
  return [
    good(`merchant ${merId}, signs with certificate ${certId} at ${gatewayUrl}`),
    ...certificates.map(({ name, certificate }) => findExpiry(name, certificate.validToDate, clock())),
    ...(await Promise.all([askGateway(settings), measureClock(gatewayUrl, clock)])),
  ]
}

async function askGateway({ client }: UnionpaySettings): Promise<Finding> {
  const answer = await queryTrade(client, { outTradeNo: NOBODYS_ORDER, startedAt: client.clock() })
  return answer.ok ? good('the gateway answers; our signature and its signature both hold') : bad(explain(answer.error))
}

function explain(error: CallError): string {
  switch (error.code) {
    case 'untrusted':
      return `the gateway’s answer has no signature that a certificate of UnionPay confirms; it says: ${error.claim}`
    case 'refused':
      return `the gateway refuses us: ${error.providerCode} ${error.message}`
    case 'rate_limited':
      return 'the gateway has had too many questions, try again later'
    default:
      return error.reason
  }
}
