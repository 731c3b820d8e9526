import type { CallError, Finding } from '../port.ts'
import { keysPair } from '../rsa-keys.ts'
import { reasonOf } from './post-form.ts'
import type { AlipaySettings } from './settings.ts'
import { queryTrade } from './trade-calls.ts'

const DAY_MS = 86_400_000
const WARN_DAYS = 30
const TIMEOUT_MS = 5000
/** Alipay publishes no tolerance; a shop whose clock is a minute off has a problem anyway. */
const [WARN_DRIFT_S, BAD_DRIFT_S] = [30, 300]
/** A number that no attempt can have: it is asked for to see whether question and answer are both signed well. */
const NOBODYS_TRADE = 'COMPTOIRCHECK'

/** What is set, whether the keys pair, how long the certificates last, and whether the gateway understands us. */
export async function diagnoseAlipay(settings: AlipaySettings): Promise<readonly Finding[]> {
  const { access, sellerId } = settings.client
  const mode = access.certificateSns ? 'certificate mode' : 'public-key mode'
  const encryption = access.encryptKey ? 'content encrypted' : 'content not encrypted'
  return [
    ok(`application ${access.appId}, seller ${sellerId}, ${mode}, ${encryption}, offers ${settings.scenes.join(', ')}`),
    findPairing(settings),
    ...settings.certificates.map(({ name, certificate }) => findExpiry(name, certificate.validToDate, access.clock())),
    ...(await Promise.all([askGateway(settings), measureClock(access.gatewayUrl, access.clock)])),
  ]
}

function findPairing({ client, ownPublicKey }: AlipaySettings): Finding {
  if (!ownPublicKey) return ok('private key parses; set ALIPAY_APP_PUBLIC_KEY to compare it with its public half')
  return keysPair(client.access.privateKey, ownPublicKey)
    ? ok('private key and our public key belong together')
    : bad('private key and our public key do not belong together')
}

export function findExpiry(name: string, end: Date, now: Date): Finding {
  const days = Math.floor((end.getTime() - now.getTime()) / DAY_MS)
  if (days < 0) return bad(`${name} expired ${-days} days ago`)
  return days < WARN_DAYS ? warn(`${name} expires in ${days} days`) : ok(`${name} is good for ${days} days`)
}

async function askGateway({ client }: AlipaySettings): Promise<Finding> {
  const startedAt = client.access.clock()
  const answer = await queryTrade(client, { outTradeNo: NOBODYS_TRADE, startedAt })
  if (answer.ok) return ok('the gateway answers; our signature and its signature both hold')
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

async function measureClock(url: string, clock: () => Date): Promise<Finding> {
  try {
    const before = clock().getTime()
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const theirs = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(theirs)) return warn('the gateway does not tell the time, so the clock could not be compared')
    const seconds = Math.round(((before + clock().getTime()) / 2 - theirs) / 1000)
    const text = `our clock differs from the gateway’s by ${seconds} s`
    if (Math.abs(seconds) >= BAD_DRIFT_S) return bad(text)
    return Math.abs(seconds) >= WARN_DRIFT_S ? warn(text) : ok(text)
  } catch (error) {
    return warn(`the clock could not be compared: ${reasonOf(error)}`)
  }
}

const ok = (text: string): Finding => ({ level: 'ok', text })
const warn = (text: string): Finding => ({ level: 'warning', text })
const bad = (text: string): Finding => ({ level: 'error', text })
