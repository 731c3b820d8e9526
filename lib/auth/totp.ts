import { Secret, TOTP } from 'otpauth'

const PERIOD_S = 30
const ISSUER = 'Comptoir'

const totpOf = (secret: string, label: string) =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_S, algorithm: 'SHA1' })

/** A new secret for a device, 160 bits in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** What the code to scan holds. @param label who it is for, as the device will show it. */
export const totpAddress = (secret: string, label: string): string => totpOf(secret, label).toString()

/** The code that a device shows at an instant. */
export const totpCode = (secret: string, now: Date): string => totpOf(secret, '').generate({ timestamp: now.getTime() })

/** The step of 30 s that a code belongs to, now or one beside it for clocks that differ; null for a wrong code. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const timestamp = now.getTime()
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: 1 })
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_S) + delta
}
