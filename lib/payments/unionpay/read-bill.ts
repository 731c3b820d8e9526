import { open } from 'node:fs/promises'
import { startOfShanghaiDay } from '../../domain/shanghai-time.ts'
import type { Result } from '../../result.ts'
import type { TakeBillLines } from '../bills.ts'
import { DamagedFile, refuseDamaged } from '../damaged-file.ts'
import type { CorruptBill } from '../errors.ts'
import { readTextLines } from '../text-lines.ts'
import { listZip, unpackEntry } from '../zip-file.ts'
import { readBillLine } from './bill-line.ts'

/** Four million lines; an archive without ZIP64 ends at twice that. */
const MAX_BILL_BYTES = 2 ** 31
/** The details; what is in dispute has a file of its own (`ZME`). */
const DETAIL_NAME = /^INN(\d{6})?.*ZM_(\w+)$/

/** Reads the details in the archive of a settlement day, line by line. It has no header and no totals. */
export function readBill(
  merId: string,
  { day, path }: { readonly day: string; readonly path: string },
  take: TakeBillLines,
): Promise<Result<'whole', CorruptBill>> {
  const start = startOfShanghaiDay(day)
  return refuseDamaged(async () => {
    if (!start) throw new DamagedFile('the day must be yyyy-MM-dd')
    const file = await open(path)
    try {
      const entries = await listZip(file, MAX_BILL_BYTES)
      const named = entries.map((entry) => ({
        entry,
        name: DETAIL_NAME.exec(Buffer.from(entry.name).toString('latin1')),
      }))
      const details = named.find(({ name }) => name !== null)
      if (!details) throw new DamagedFile('the archive holds no details')
      const [, date = shortDay(day), merchant] = details.name ?? []
      if (merchant !== merId) throw new DamagedFile('the bill is of another merchant')
      if (date !== shortDay(day)) throw new DamagedFile('the bill is of another day')
      let at = 0
      // One character for each byte: the columns are counted in bytes, and none that we read holds Chinese.
      for await (const lines of readTextLines(unpackEntry(file, details.entry), 'latin1')) {
        const rows = lines.map((text) => readBillLine(text, { line: ++at, merId, near: start }))
        await take(rows.filter((row) => row !== null))
      }
    } finally {
      await file.close()
    }
  })
}

const shortDay = (day: string): string => day.slice(2).replaceAll('-', '')
