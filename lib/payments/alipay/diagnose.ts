import type { CallError } from '../errors.ts'
import { bad, findExpiry, good, measureClock } from '../findings.ts'
import type { Finding } from '../port.ts'
import { keysPair } from '../rsa-keys.ts'
import type { AlipaySettings } from './settings.ts'
import { queryTrade } from './trade-calls.ts'

/** A number that no attempt can have: it is asked for to see whether question and answer are both signed well. */
const NOBODYS_TRADE = 'COMPTOIRCHECK'

/** What is set, whether the keys pair, how long the certificates last, and whether the gateway understands us. */
export async function diagnoseAlipay(settings: AlipaySettings): Promise<readonly Finding[]> {
  const { access, sellerId } = settings.client
  const mode = access.certificateSns ? 'certificate mode' : 'public-key mode'
  const encryption = access.encryptKey ? 'content encrypted' : 'content not encrypted'
  return [
    good(
      `application ${access.appId}, seller ${sellerId}, ${mode}, ${encryption}, offers ${settings.scenes.join(', ')}`,
    ),
    findPairing(settings),
    ...settings.certificates.map(({ name, certificate }) => findExpiry(name, certificate.validToDate, access.clock())),
    ...(await Promise.all([askGateway(settings), measureClock(access.gatewayUrl, access.clock)])),
  ]
}

function findPairing({ client, ownPublicKey }: AlipaySettings): Finding {
  if (!ownPublicKey) return good('private key parses; set ALIPAY_APP_PUBLIC_KEY to compare it with its public half')
  return keysPair(client.access.privateKey, ownPublicKey)
    ? good('private key and our public key belong together')
    : bad('private key and our public key do not belong together')
}

async function askGateway({ client }: AlipaySettings): Promise<Finding> {
  const startedAt = client.access.clock()
  const answer = await queryTrade(client, { outTradeNo: NOBODYS_TRADE, startedAt })
  if (answer.ok) return good('the gateway answers; our signature and its signature both hold')
  return bad(explain(answer.error))
}

function explain(error: CallError): string {
  switch (error.code) {
    case 'untrusted':
      return `the gateway’s answer has no signature that the configured key or certificate of Alipay confirms; it says: ${error.claim}`
    case 'refused':
      return `the gateway refuses us: ${error.providerCode} ${error.message}`
    case 'rate_limited':
      return 'the gateway has had too many questions, try again later'
    default:
      return error.reason
  }
}
