import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the keys are when nobody says otherwise. */
const PRIVATE = 'keys/archive-signing.pem'
const PUBLIC = 'keys/archive-public.pem'
type Values = Readonly<Record<string, string | undefined>>

/**
 * The Ed25519 key that signs months: of `ARCHIVE_SIGNING_KEY_FILE`, else one that is made beside the data.
 * @returns `made` true when it was made just now, so that a person can put its public half in a safe place.
 */
export function readSigningKey(values: Values, dataFolder: string): { key: KeyObject; made: boolean } {
  const file = values['ARCHIVE_SIGNING_KEY_FILE'] || join(dataFolder, PRIVATE)
  const made = !existsSync(file) && !values['ARCHIVE_SIGNING_KEY_FILE']
  if (made) makeKeys(file, join(dataFolder, PUBLIC))
  const key = createPrivateKey(readFileSync(file))
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file} has no Ed25519 key`)
  return { key, made }
}

/**
 * The public keys that months may be signed with, of `ARCHIVE_PUBLIC_KEYS_FILE`: several PEM blocks one after the other,
 * so that a new key can follow an old one.
 */
export function readPublicKeys(values: Values, dataFolder: string): KeyObject[] {
  const file = values['ARCHIVE_PUBLIC_KEYS_FILE'] || join(dataFolder, PUBLIC)
  if (!existsSync(file))
    throw new Error(
      `The public key of the archive is not at ${file}: set ARCHIVE_PUBLIC_KEYS_FILE to the file that has it.`,
    )
  const blocks = readFileSync(file, 'utf8').match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g)
  if (!blocks) throw new Error(`${file} has no public key (PEM).`)
  return blocks.map((block) => createPublicKey(block))
}

function makeKeys(privateFile: string, publicFile: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  mkdirSync(dirname(privateFile), { recursive: true, mode: 0o700 })
  writeFileSync(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  writeFileSync(publicFile, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644 })
}

export const signBytes = (bytes: Uint8Array, key: KeyObject): string => sign(null, bytes, key).toString('base64')

/** True for the signature as `signBytes` writes it, to the letter: lenient base64 would not see every altered bit. */
export function isSigned(bytes: Uint8Array, signature: string, keys: readonly KeyObject[]): boolean {
  const decoded = Buffer.from(signature, 'base64')
  return decoded.toString('base64') === signature && keys.some((key) => verify(null, bytes, key, decoded))
}
