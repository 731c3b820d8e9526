import type { KeyObject, X509Certificate } from 'node:crypto'
import { err, ok, type Result } from '../../result.ts'
import { isValidAt } from '../certificates.ts'

export type KeyError =
  /** WeChat Pay has no such key, or none that is valid now. */
  | { readonly code: 'unknown_serial'; readonly reason: string }
  /** It could not be found out just now. */
  | { readonly code: 'key_unavailable'; readonly reason: string }

/** Finds WeChat Pay's public key for a message, by the serial that the message names; never “the first one”. */
export type WechatKeys = {
  keyFor(serial: string, now: Date): Promise<Result<KeyObject, KeyError>>
  /** The certificates that are held at the moment, for people to look at. */
  readonly certificates: () => readonly X509Certificate[]
}

/** The key that new merchants are given instead of certificates; both are in use while a merchant moves from one to the other. */
export type WechatPublicKey = { readonly id: string; readonly key: KeyObject }

/** Asks for all platform certificates of the day. `none`: this merchant has no certificates any more, or never had. */
export type DownloadCertificates = () => Promise<
  Result<readonly X509Certificate[], { readonly code: 'none' | 'failed'; readonly reason: string }>
>

export const PUBLIC_KEY_ID = /^PUB_KEY_ID_[0-9A-Za-z]{1,64}$/
const CERTIFICATE_SERIAL = /^[0-9A-F]{8,40}$/
const REFRESH_AFTER_MS = 12 * 3_600_000
/** Serials come with messages that are not verified yet: strangers must not make us call WeChat Pay as they please. */
const MAX_DOWNLOADS_PER_MINUTE = 6

/**
 * Keys in both modes at once. Certificates are downloaded when a message first needs one, and again when they are half
 * a day old or a serial is not among them; old and new ones are held side by side until they end.
 */
export function createWechatKeys(publicKey: WechatPublicKey | null, download: DownloadCertificates): WechatKeys {
  let held: ReadonlyMap<string, X509Certificate> = new Map()
  let refreshedAt = 0
  let underway: Promise<KeyError | null> | null = null
  let recentDownloads: number[] = []

  async function refresh(now: Date): Promise<KeyError | null> {
    const downloaded = await download()
    if (!downloaded.ok && downloaded.error.code === 'failed') {
      return { code: 'key_unavailable', reason: downloaded.error.reason }
    }
    refreshedAt = now.getTime()
    const fresh = downloaded.ok ? downloaded.value : []
    const valid = [...held.values(), ...fresh].filter((certificate) => isValidAt(certificate, now))
    held = new Map(valid.map((certificate) => [certificate.serialNumber, certificate]))
    return null
  }

  /** One download at a time, whoever asks for it. @returns why there was none. */
  function refreshOnce(now: Date): Promise<KeyError | null> {
    if (underway !== null) return underway
    recentDownloads = recentDownloads.filter((at) => now.getTime() - at < 60_000)
    if (recentDownloads.length >= MAX_DOWNLOADS_PER_MINUTE) {
      return Promise.resolve({ code: 'key_unavailable', reason: 'too many unknown serials in the last minute' })
    }
    recentDownloads.push(now.getTime())
    underway = refresh(now).finally(() => {
      underway = null
    })
    return underway
  }

  const lookUp = (serial: string, now: Date): KeyObject | null => {
    const certificate = held.get(serial)
    return certificate && isValidAt(certificate, now) ? certificate.publicKey : null
  }

  return {
    certificates: () => [...held.values()],
    async keyFor(serial, now) {
      if (serial === publicKey?.id) return ok(publicKey.key)
      if (!CERTIFICATE_SERIAL.test(serial)) return unknownSerial(serial)
      const key = lookUp(serial, now)
      if (key) {
        // What is held goes on to work while the next ones are fetched.
        if (now.getTime() - refreshedAt > REFRESH_AFTER_MS) void refreshOnce(now).catch(() => undefined)
        return ok(key)
      }
      const failure = await refreshOnce(now)
      if (failure) return err(failure)
      const fetched = lookUp(serial, now)
      return fetched ? ok(fetched) : unknownSerial(serial)
    },
  }
}

const unknownSerial = (serial: string) =>
  err({ code: 'unknown_serial', reason: `WeChat Pay has no key of the serial ${serial.slice(0, 80)}` })
