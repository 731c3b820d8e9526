import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of the demonstration alone, which only its own machine can reach and where no money moves. */
export const DEMO_PASSWORD = 'stoneware-and-tea'
export const DEMO_TOTP_SECRET = 'KBHGKZLMMF2W4YLTMVZGC3LJMNZTCMRT'

/**
 * The secret that sessions are sealed with: the one of the settings, or one that is made at the first start and kept
 * in the data folder.
 */
export function authSecret(given: string | undefined, dataFolder: string): string {
  if (given !== undefined) return given
  const file = join(dataFolder, 'auth-secret')
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  return readFileSync(file, 'utf8').trim()
}

/** What the launcher prints beneath its table, in a demonstration. */
export const demoSignIns = (people: readonly { readonly email: string }[], publicUrl: string): string =>
  [
    `Sign in at ${publicUrl}/en/account/sign-in with the password ${DEMO_PASSWORD}:`,
    `  ${people.map(({ email }) => email).join('\n  ')}`,
    `Staff are asked for a code too: npm run demo:code prints it, or add ${DEMO_TOTP_SECRET} to an authenticator app.`,
  ].join('\n')
