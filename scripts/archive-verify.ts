import { existsSync } from 'node:fs'
import { readArchiveSettings } from '#lib/archive/archive-folder.ts'
import { readPublicKeys } from '#lib/archive/signing.ts'
import { verifyArchive } from '#lib/archive/verify-archive.ts'
import { showProgress } from './backup/progress.ts'
import { readSettings } from './start/settings.ts'
import { reasonOf } from './start/start-failure.ts'

// `npm run archive:verify`: proves that every month is there, signed, chained to the one before, and each row as it was
// written. Needs the folder and the public key, no database. Exit 1 names the first wrong file and row.

if (existsSync('.env')) process.loadEnvFile('.env')
const progress = showProgress()
try {
  const { dataFolder } = readSettings(process.env, [])
  const { folder, keepYears } = readArchiveSettings(process.env, dataFolder)
  const { months, rows, erased } = await verifyArchive(folder, {
    keys: readPublicKeys(process.env, dataFolder),
    now: new Date(),
    keepYears,
    onProgress: (file, n) => progress.tell(`${file}: ${n} rows`),
  })
  const seconds = progress.end().toFixed(1)
  console.log(
    `${rows} rows of ${months.length} months are as they were written (${seconds} s); of ${erased} the personal fields were erased.`,
  )
} catch (error) {
  progress.end()
  console.error(reasonOf(error))
  process.exit(1)
}
