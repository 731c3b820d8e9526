import type { KeyObject, X509Certificate } from 'node:crypto'
import { err, ok, type Result } from '../../result.ts'
import { commonName, keyByChain, readCertificates } from '../certificates.ts'
import { certificateSn } from './certificates.ts'

export type KeyUnavailable = { readonly code: 'key_unavailable'; readonly reason: string }

/** Finds Alipay's public key for a message, by the certificate number that the message names. */
export type AlipayKeys = { keyFor(certSn: string | null, now: Date): Promise<Result<KeyObject, KeyUnavailable>> }

/** Public-key mode: one key, whatever a message names. */
export const singleKey = (publicKey: KeyObject): AlipayKeys => ({ keyFor: async () => ok(publicKey) })

export type PinnedCertificates = {
  /** Alipay's certificate first, then its intermediates, as in `alipayCertPublicKey_RSA2.crt`. */
  readonly alipay: readonly [X509Certificate, ...X509Certificate[]]
  readonly roots: readonly X509Certificate[]
}
/** Answers the PEM text behind a certificate number, or null when Alipay could not be asked. */
export type DownloadCertificate = (certSn: string) => Promise<string | null>

const CERTIFICATE_SN = /^[0-9a-f]{32}$/
/** Numbers come with messages that are not verified yet: strangers must not make us call Alipay as they please. */
const MAX_DOWNLOADS_PER_MINUTE = 6

/**
 * Certificate mode: the pinned certificate, and those that Alipay has moved on to since. A new one is fetched, and
 * believed only when it chains to the pinned roots, is valid now, and is made out to the same name: merchants' own
 * certificates come from the same roots.
 */
export function certificateKeys(pinned: PinnedCertificates, download: DownloadCertificate): AlipayKeys {
  const [leaf] = pinned.alipay
  const known = new Map<string, X509Certificate>([[certificateSn(leaf), leaf]])
  const underway = new Map<string, Promise<Result<X509Certificate, KeyUnavailable>>>()
  let recentDownloads: number[] = []

  async function fetchCertificate(certSn: string, now: Date): Promise<Result<X509Certificate, KeyUnavailable>> {
    const pem = await download(certSn)
    if (pem === null) return unavailable('Alipay did not give out the certificate that the message names')
    const checked = checkSuccessor(pem, certSn, pinned, now)
    if (checked.ok) known.set(certSn, checked.value)
    return checked
  }

  function fetchOnce(certSn: string, now: Date): Promise<Result<X509Certificate, KeyUnavailable>> {
    const running = underway.get(certSn)
    if (running !== undefined) return running
    recentDownloads = recentDownloads.filter((at) => now.getTime() - at < 60_000)
    if (recentDownloads.length >= MAX_DOWNLOADS_PER_MINUTE) {
      return Promise.resolve(unavailable('too many unknown certificates in the last minute'))
    }
    recentDownloads.push(now.getTime())
    const fetching = fetchCertificate(certSn, now).finally(() => underway.delete(certSn))
    underway.set(certSn, fetching)
    return fetching
  }

  return {
    async keyFor(certSn, now) {
      if (certSn === null) return ok(leaf.publicKey)
      if (!CERTIFICATE_SN.test(certSn)) return unavailable('the message names no certificate')
      const cached = known.get(certSn)
      if (cached === leaf) return ok(leaf.publicKey)
      if (cached && now <= cached.validToDate) return ok(cached.publicKey)
      const fetched = await fetchOnce(certSn, now)
      return fetched.ok ? ok(fetched.value.publicKey) : fetched
    },
  }
}

function checkSuccessor(
  pem: string,
  certSn: string,
  pinned: PinnedCertificates,
  now: Date,
): Result<X509Certificate, KeyUnavailable> {
  const [current, ...intermediates] = pinned.alipay
  const [leaf, ...extra] = readCertificates(pem) ?? []
  if (!leaf || certificateSn(leaf) !== certSn) return unavailable('Alipay gave out another certificate than asked for')
  if (commonName(leaf) !== commonName(current)) return unavailable('the new certificate is made out to somebody else')
  const chain = keyByChain(leaf, [...intermediates, ...extra], pinned.roots, now)
  return chain.ok ? ok(leaf) : unavailable(chain.error.reason)
}

const unavailable = (reason: string) => err({ code: 'key_unavailable', reason })
