import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { z } from 'zod'

const whole = (fallback: number) => z.coerce.number().int().min(0).max(10_000).default(fallback)

const Settings = z.object({
  /** Public keys, `age1…`, apart by commas: who may open a backup. */
  BACKUP_RECIPIENTS: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter((word) => word !== ''))
    .pipe(z.array(z.string().regex(/^age1[a-z0-9]+$/, 'must be public keys of age, age1…')).min(1))
    .optional(),
  /** The file with the secret key; only restore and drill read it. */
  BACKUP_IDENTITY_FILE: z.string().optional(),
  BACKUP_DIR: z.string().optional(),
  BACKUP_KEEP_DAYS: whole(7),
  BACKUP_KEEP_WEEKS: whole(5),
  BACKUP_KEEP_MONTHS: whole(12),
})

export type BackupSettings = {
  readonly folder: string
  /** Null: nobody was named, so a key of our own is made beside the data at the first backup. */
  readonly recipients: readonly string[] | null
  readonly identityFile: string
  readonly keep: { readonly days: number; readonly weeks: number; readonly months: number }
}

/** @throws {Error} with a sentence that names each wrong setting. */
export function readBackupSettings(
  environment: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
): BackupSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const values = parsed.data
  return {
    folder: resolve(values.BACKUP_DIR ?? join(dataFolder, 'backups')),
    recipients: values.BACKUP_RECIPIENTS ?? null,
    identityFile: resolve(values.BACKUP_IDENTITY_FILE ?? join(dataFolder, 'keys', 'backup-identity.txt')),
    keep: { days: values.BACKUP_KEEP_DAYS, weeks: values.BACKUP_KEEP_WEEKS, months: values.BACKUP_KEEP_MONTHS },
  }
}

/** Whom to encrypt for; `made` when a key was made just now, which a person must then put in a safe place. */
export async function findRecipients({
  recipients,
  identityFile,
}: BackupSettings): Promise<{ recipients: readonly string[]; made: boolean }> {
  if (recipients) return { recipients, made: false }
  const made = !existsSync(identityFile)
  if (made) await makeIdentity(identityFile)
  return { recipients: await Promise.all(readIdentities(identityFile).map(identityToRecipient)), made }
}

async function makeIdentity(file: string): Promise<void> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600, flag: 'wx' })
}

/** The secret keys of a file as `age-keygen` writes it. @throws {Error} with a sentence when there is none. */
export function readIdentities(file: string): string[] {
  if (!existsSync(file))
    throw new Error(`The key that opens backups is not at ${file}: set BACKUP_IDENTITY_FILE to the file that has it.`)
  const keys = readFileSync(file, 'utf8').match(/^AGE-SECRET-KEY-[A-Z0-9-]+$/gm)
  if (!keys) throw new Error(`${file} has no secret key of age (AGE-SECRET-KEY-…).`)
  return keys
}
