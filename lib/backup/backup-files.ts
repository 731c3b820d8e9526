import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type KeepRule, keptBackups } from '../domain/backup-retention.ts'
import { isUnfinished } from './write-file.ts'

const NAME = /^comptoir-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.tar\.age$/
/** No backup takes as long: what is older and still unfinished was left by a killed one. */
const ABANDONED_MS = 6 * 3_600_000

export type BackupFile = { readonly path: string; readonly takenAt: Date }

export const backupPath = (folder: string, at: Date): string =>
  join(folder, `comptoir-${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z.tar.age`)

/** The finished backups of a folder, the newest first. */
export function listBackups(folder: string): BackupFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const [whole, ...digits] = NAME.exec(name) ?? []
      if (!whole) return []
      const [year, month, day, hour, minute, second] = digits
      return [{ path: join(folder, name), takenAt: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) }]
    })
    .toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime())
}

/** Makes the folder, readable for its owner only, and removes what killed backups left there. */
export function prepareFolder(folder: string, now: Date): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(folder).filter(isUnfinished)) {
    const path = join(folder, name)
    if (now.getTime() - statSync(path).mtimeMs > ABANDONED_MS) rmSync(path)
  }
}

/** Deletes what the rule does not keep. @returns what it deleted. */
export function pruneBackups(folder: string, keep: KeepRule, now: Date): BackupFile[] {
  const all = listBackups(folder)
  const kept = keptBackups(
    all.map(({ takenAt }) => takenAt),
    keep,
    now,
  )
  const gone = all.filter(({ takenAt }) => !kept.has(takenAt))
  for (const { path } of gone) {
    rmSync(path)
    rmSync(`${path}.sha256`, { force: true })
  }
  return gone
}

/** The SHA-256 that was noted beside a backup; null where no note came along. */
export function notedChecksum(path: string): string | null {
  const note = `${path}.sha256`
  return existsSync(note) ? (/^[0-9a-f]{64}/.exec(readFileSync(note, 'utf8'))?.[0] ?? null) : null
}
