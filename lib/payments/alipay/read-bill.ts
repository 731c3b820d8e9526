import { open } from 'node:fs/promises'
import type { Result } from '../../result.ts'
import type { TakeBillLines } from '../bills.ts'
import { DamagedFile, refuseDamaged } from '../damaged-file.ts'
import type { CorruptBill } from '../errors.ts'
import { readTextLines } from '../text-lines.ts'
import { listZip, unpackEntry } from '../zip-file.ts'
import { createBillSheet } from './bill-sheet.ts'
import { decodeText } from './charset.ts'

/** Ten million lines; an archive without ZIP64 ends at twice that. */
const MAX_BILL_BYTES = 2 ** 31
const DETAIL_NAME = /业务明细\.csv$/

/** Reads the details in the archive of a day: GBK, a header, the lines, and totals at the foot to check them by. */
export function readBill(
  sellerId: string,
  { day, path }: { readonly day: string; readonly path: string },
  take: TakeBillLines,
): Promise<Result<'whole', CorruptBill>> {
  return refuseDamaged(async () => {
    const file = await open(path)
    try {
      const entries = await listZip(file, MAX_BILL_BYTES)
      const details = entries.find(({ name }) => DETAIL_NAME.test(decodeText(name, 'gbk') ?? ''))
      if (!details) throw new DamagedFile('the archive holds no details')
      const sheet = createBillSheet({ sellerId, day })
      for await (const lines of readTextLines(unpackEntry(file, details), 'gb18030')) {
        const rows = sheet.read(lines)
        if (rows.length > 0) await take(rows)
      }
      sheet.finish()
    } finally {
      await file.close()
    }
  })
}
