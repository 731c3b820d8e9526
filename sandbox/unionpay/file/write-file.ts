import type { Struck } from '../../faults/fault-rules.ts'
import { packZip } from '../../pack-zip.ts'
import type { UnionpayRoom } from '../room.ts'
import { OTHER_MERCHANT_ID } from '../sign-message.ts'
import { fileLine } from './file-line.ts'
import { falsifyRows, fileRows } from './file-rows.ts'

/**
 * The settlement file of a day, `YYYYMMDD`: a ZIP with the transactions (`ZM`) and the disputes (`ZME`, of which this
 * gateway has none). Null for a day on which no money moved.
 */
export async function writeSettlementFile(
  room: UnionpayRoom,
  day: string,
  struck: Struck,
): Promise<{ readonly name: string; readonly bytes: Buffer } | null> {
  const rows = fileRows(room, day)
  if (rows.length === 0) return null
  const merId = struck.has('other_merchant') ? OTHER_MERCHANT_ID : room.merchant.merId
  const merchant = { ...room.merchant, merId }
  const lines = falsifyRows(rows, struck).map((row) => fileLine(row, merchant))
  const [first] = lines
  if (first && struck.has('cut_line')) lines[0] = first.subarray(0, Math.floor(first.length / 2))
  const content = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\r\n')]))
  const stem = `INN${day.slice(2)}88`
  const zip = await packZip(
    [
      [`${stem}ZM_${merId}`, content],
      [`${stem}ZME_${merId}`, Buffer.alloc(0)],
    ],
    new Date(room.clock.now()),
  )
  return {
    name: `${merId}_${day}.zip`,
    bytes: struck.has('cut') ? zip.subarray(0, Math.floor(zip.length / 2)) : zip,
  }
}
