import type { X509Certificate } from 'node:crypto'
import type { SettingsReader } from './settings-reader.ts'

const PRACTICE = /\b(sandbox|test)\b/i
const SANDBOX_FOLDER = /(^|[/\\])[^/\\]*sandbox/i

type Claims = {
  readonly certificates: readonly { readonly name: string; readonly certificate: X509Certificate }[]
  /** Names of settings that point to files. */
  readonly files: readonly string[]
}

/** For production: complains of certificates and key files that come out of a sandbox. */
export function complainAboutPractice(reader: SettingsReader, { certificates, files }: Claims): void {
  for (const { name, certificate } of certificates) {
    if (PRACTICE.test(`${certificate.subject}\n${certificate.issuer}`)) {
      reader.complain(`The ${name} was issued for a sandbox; in production it takes no money.`)
    }
  }
  for (const name of files) {
    if (SANDBOX_FOLDER.test(reader.value(name) ?? '')) {
      reader.complain(`${name} points into the sandbox’s own keys; in production they take no money.`)
    }
  }
}
