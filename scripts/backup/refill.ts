import { dropDatabase, makeEmpty } from '#db/backup/scratch-database.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { restoreBackup } from '#lib/backup/restore-backup.ts'
import type { VerifiedBackup } from '#lib/backup/verify-backup.ts'
import { askRestored } from './ask-restored.ts'

type Refilling = {
  readonly file: string
  readonly identities: readonly string[]
  readonly verified: VerifiedBackup
  readonly purchase: boolean
  readonly onPart: (name: string) => void
}

/**
 * Makes a database of this name anew from a verified backup, brings its tables up to this release, and asks every
 * invariant. What is not sound goes again.
 * @returns what was found wrong, and what was bought.
 */
export async function refill(databaseUrl: string, { verified, purchase, onPart, ...source }: Refilling) {
  await makeEmpty(databaseUrl)
  try {
    await restoreBackup(databaseUrl, { ...source, verified }, { onPart })
    await migrateDatabase(databaseUrl)
    return await askRestored(databaseUrl, { ledgerHead: verified.manifest.ledgerHead, purchase })
  } catch (error) {
    await dropDatabase(databaseUrl).catch(() => undefined)
    throw error
  }
}
