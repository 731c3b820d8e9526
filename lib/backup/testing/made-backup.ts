import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { makeBackup } from '../make-backup.ts'

/** Backs up the database of this test into a folder of its own. */
export async function madeBackup(way: 'any' | 'copy' = 'copy', photosFolder: string | null = null) {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-backup-'))
  const identity = await generateX25519Identity()
  const file = join(folder, 'test.tar.age')
  const order = {
    databaseUrl: process.env['DATABASE_URL'] ?? '',
    recipients: [await identityToRecipient(identity)],
    file,
  }
  const backup = await makeBackup({ ...order, way, photosFolder, onProgress: () => undefined })
  return { folder, file, identities: [identity], recipients: order.recipients, backup }
}

/** A database beside that of this test. */
export function databaseBeside(suffix: string): string {
  const url = new URL(process.env['DATABASE_URL'] ?? '')
  url.pathname = `${url.pathname}_${suffix}`
  return url.href
}
