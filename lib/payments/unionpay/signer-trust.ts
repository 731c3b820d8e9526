import { type KeyObject, X509Certificate } from 'node:crypto'
import { err, ok, type Result } from '../../result.ts'
import { commonName, findChain, isValidAt } from '../certificates.ts'

type Refusal = { readonly code: 'bad_certificate'; readonly reason: string }
const refuse = (reason: string) => err({ code: 'bad_certificate', reason })

/** Says whether a certificate that a message brings along is UnionPay's, and gives its key. */
export type SignerTrust = { keyOf(certificate: string, now: Date): Result<KeyObject, Refusal> }

export type SignerRules = {
  readonly roots: readonly X509Certificate[]
  readonly intermediates: readonly X509Certificate[]
  /** Who may sign: the third part of the subject's common name, between `@`. */
  readonly signers: readonly string[]
}

const ARMOUR = /^\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/
const MIN_BITS = 2048
/** UnionPay has one or two at a time; the rest is room for strangers who write the same one differently. */
const MOST_REMEMBERED = 16

/**
 * Believes a certificate when it chains to the pinned root through the pinned intermediate, is valid at the time that
 * is asked about, and is made out to UnionPay: merchants' own certificates come from the same authority. A new one
 * is believed without a restart. Believed ones are remembered by their text, and their dates are looked at each time.
 */
export function createSignerTrust({ roots, intermediates, signers }: SignerRules): SignerTrust {
  const believed = new Map<string, readonly X509Certificate[]>()

  function check(text: string, now: Date): Result<readonly X509Certificate[], Refusal> {
    const certificate = readOne(text)
    if (!certificate) return refuse('it is no certificate')
    const chain = findChain(certificate, intermediates, roots, now)
    if (!chain.ok) return chain
    const signer = commonName(certificate)?.split('@')[2]
    if (signer === undefined || !signers.includes(signer)) return refuse(`it is made out to ${signer ?? 'nobody'}`)
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
    const isStrong = asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_BITS
    return isStrong ? chain : refuse('its key is too weak')
  }

  function remember(text: string, chain: readonly X509Certificate[]): void {
    const [oldest] = believed.keys()
    if (believed.size >= MOST_REMEMBERED && oldest !== undefined) believed.delete(oldest)
    believed.set(text, chain)
  }

  return {
    keyOf(text, now) {
      const known = believed.get(text)
      if (known?.[0] && known.every((link) => isValidAt(link, now))) return ok(known[0].publicKey)
      const checked = check(text, now)
      if (!checked.ok) return checked
      const [leaf] = checked.value
      if (!leaf) return refuse('its chain is empty')
      remember(text, checked.value)
      return ok(leaf.publicKey)
    },
  }
}

/** Its lines end in CR LF, in CR or in LF; OpenSSL's own reader does not take the second. */
function readOne(text: string): X509Certificate | null {
  const [, base64] = ARMOUR.exec(text) ?? []
  if (base64 === undefined) return null
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    return null
  }
}
