import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { isMonth, type Month } from '../domain/archive-month.ts'

const Settings = z.object({
  ARCHIVE_DIR: z.string().optional(),
  ARCHIVE_KEEP_YEARS: z.coerce.number().int().min(1).max(100).default(5),
})

export type ArchiveSettings = { readonly folder: string; readonly keepYears: number }

/** @throws {Error} with a sentence that names a wrong setting. */
export function readArchiveSettings(
  environment: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
): ArchiveSettings {
  const parsed = Settings.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')))
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const { ARCHIVE_DIR, ARCHIVE_KEEP_YEARS } = parsed.data
  return { folder: resolve(ARCHIVE_DIR ?? join(dataFolder, 'archive')), keepYears: ARCHIVE_KEEP_YEARS }
}

/** The months that an archive has, the oldest first. */
export const listMonths = (folder: string): Month[] =>
  existsSync(folder) ? readdirSync(folder).filter(isMonth).toSorted() : []

/** Deletes the months before `oldest`. @returns which. */
export function pruneMonths(folder: string, oldest: Month): Month[] {
  const gone = listMonths(folder).filter((month) => month < oldest)
  for (const month of gone) rmSync(join(folder, month), { recursive: true })
  return gone
}
