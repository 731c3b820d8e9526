import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files of one gateway's folder that are made once and then only read. */
export interface KeyFiles {
  once(name: string, make: () => string, mode?: number): string
  read(name: string): string
  /** A private RSA key of 2048 bits in PKCS#8 PEM, mode 600. */
  privateKey(name: string): string
  /** Absolute. */
  path(name: string): string
}

/** @param folder exists, and is private to the sandbox */
export function openKeyFiles(folder: string): KeyFiles {
  const path = (name: string) => join(folder, name)
  const once = (name: string, make: () => string, mode = 0o644): string => {
    if (!existsSync(path(name))) writeFileSync(path(name), make(), { mode, flag: 'wx' })
    return readFileSync(path(name), 'utf8')
  }
  return {
    once,
    path,
    read: (name) => readFileSync(path(name), 'utf8'),
    privateKey: (name) => once(name, newPrivateKey, 0o600),
  }
}

const newPrivateKey = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey

/** The public half in SPKI PEM. */
export const publicPem = (privateKeyPem: string): string =>
  createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString()

/** For a certificate. @param bytes the first is below 0x80, so that the number is positive without a leading zero byte */
export const newSerial = (bytes: number): string => `4${randomBytes(bytes).toString('hex').slice(1)}`
