import type { CallError } from '../errors.ts'
import { bad, doubtful, findExpiry, good, measureClock } from '../findings.ts'
import type { Finding } from '../port.ts'
import type { WechatPaySettings } from './settings.ts'
import { queryTrade } from './trade-calls.ts'

/** A number that no attempt can have: it is asked for to see whether question and answer are both signed well. */
const NOBODYS_TRADE = 'COMPTOIRCHECK'

/** What is set, how long the certificates last, and whether each host understands us. */
export async function diagnoseWechatPay(settings: WechatPaySettings): Promise<readonly Finding[]> {
  const { client, scenes, certificate, publicKeyId } = settings
  const { access } = client
  const now = access.clock()
  const mode = publicKeyId ?? 'platform certificates'
  const asked = await Promise.all([
    ...access.hosts.map((host) => askHost(settings, host)),
    measureClock(access.hosts[0], access.clock),
  ])
  const held = client.keys.certificates()
  return [
    good(
      `merchant ${access.mchId}, application ${access.appId}, answers signed by ${mode}, offers ${scenes.join(', ')}`,
    ),
    good('private key and merchant certificate belong together; the APIv3 key has 32 bytes'),
    ...(settings.login ? [] : [doubtful('nobody can pay inside WeChat: WECHATPAY_APP_SECRET is not set')]),
    findExpiry('merchant certificate', certificate.validToDate, now),
    ...held.map((platform) =>
      findExpiry(`platform certificate ${platform.serialNumber.slice(0, 8)}…`, platform.validToDate, now),
    ),
    ...asked,
  ]
}

async function askHost({ client }: WechatPaySettings, host: string): Promise<Finding> {
  const startedAt = client.access.clock()
  const only = { ...client, access: { ...client.access, hosts: [host] } as const }
  const answer = await queryTrade(only, { outTradeNo: NOBODYS_TRADE, startedAt })
  const { hostname } = new URL(host)
  if (answer.ok) return good(`${hostname} answers; our signature and its signature both hold`)
  return bad(`${hostname}: ${explain(answer.error)}`)
}

function explain(error: CallError): string {
  switch (error.code) {
    case 'untrusted':
      return `the answer has no signature that WeChat Pay’s key or certificate confirms; it says: ${error.claim}`
    case 'refused':
      return `it refuses us: ${error.providerCode} ${error.message}`
    case 'rate_limited':
      return 'it has had too many questions, try again later'
    default:
      return error.reason
  }
}
