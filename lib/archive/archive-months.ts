import 'server-only'
import type { KeyObject } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { findFirstInstant } from '#db/archive/read-month.ts'
import { takeSnapshot } from '#db/backup/take-snapshot.ts'
import { closedMonths, type Month, monthAfter, monthOf } from '../domain/archive-month.ts'
import { listMonths } from './archive-folder.ts'
import { exportMonth } from './export-month.ts'
import { readManifest } from './verify-archive.ts'

type Archiving = {
  readonly databaseUrl: string
  readonly folder: string
  readonly signingKey: KeyObject
  /** Of the months that are there: the next one follows only what is proven. */
  readonly publicKeys: readonly KeyObject[]
  readonly now: Date
  readonly onProgress: (month: Month, table: string, rows: number) => void
}

/** Exports every closed month that the archive does not have yet, the oldest first. */
export async function archiveMonths(order: Archiving): Promise<{ month: Month; rows: number }[]> {
  const { databaseUrl, folder, signingKey, publicKeys, now, onProgress } = order
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return takeSnapshot(databaseUrl, async ({ tx }) => {
    const last = listMonths(folder).at(-1)
    let previous = last ? { month: last, sha256: readManifest(folder, last, publicKeys).hash } : null
    const first = await findFirstInstant(tx)
    if (!first) return []
    const done: { month: Month; rows: number }[] = []
    for (const month of closedMonths(last ? monthAfter(last) : monthOf(first), now)) {
      const { sha256, rows } = await exportMonth(tx, {
        ...{ folder, month, previous, now, key: signingKey },
        onProgress: (table, n) => onProgress(month, table, n),
      })
      previous = { month, sha256 }
      done.push({ month, rows })
    }
    return done
  })
}
