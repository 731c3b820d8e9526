import type { Result } from '../../result.ts'
import type { TakeBillLines, TakeFundFlowLines } from '../bills.ts'
import { refuseDamaged } from '../damaged-file.ts'
import type { CorruptBill } from '../errors.ts'
import { readTextLines } from '../text-lines.ts'
import { createFundFlowSheet } from './fund-flow-sheet.ts'
import { unpackFile } from './packed-file.ts'
import { createTradeSheet } from './trade-sheet.ts'

/** Reads the payments and refunds of a day, and compares merchant, day, count and sums on the way. */
export const readBill = (
  mchId: string,
  { day, path }: { readonly day: string; readonly path: string },
  take: TakeBillLines,
): Promise<Result<'whole', CorruptBill>> => readSheet(createTradeSheet({ mchId, day }), path, take)

/** Reads the movements of a day, and compares counts and sums on the way. */
export const readFundFlow = (path: string, take: TakeFundFlowLines): Promise<Result<'whole', CorruptBill>> =>
  readSheet(createFundFlowSheet(), path, take)

type Sheet<Line> = { readonly read: (lines: readonly string[]) => readonly Line[]; readonly finish: () => void }

const readSheet = <Line>(sheet: Sheet<Line>, path: string, take: (lines: readonly Line[]) => Promise<void>) =>
  refuseDamaged(async () => {
    for await (const lines of readTextLines(unpackFile(path), 'utf-8')) {
      const rows = sheet.read(lines)
      if (rows.length > 0) await take(rows)
    }
    sheet.finish()
  })
