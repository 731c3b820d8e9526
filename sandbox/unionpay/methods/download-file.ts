import { deflateSync } from 'node:zlib'
import { writeSettlementFile } from '../file/write-file.ts'
import { FileQuestion } from '../order-fields.ts'
import { type ReadRequest, readFields } from '../read-request.ts'
import type { Outcome } from '../response-codes.ts'
import type { UnionpayRoom } from '../room.ts'
import { fileIsReady, settlementDayOf } from '../txn-time.ts'

/** The settlement file of a day, packed, deflated once more and in base64. */
export async function downloadFile(room: UnionpayRoom, { fields }: ReadRequest): Promise<Outcome> {
  const read = readFields(FileQuestion, fields)
  if (!read.value) return read.refusal
  const struck = room.faults.take({ gateway: 'unionpay', point: 'bill', target: null })
  const day = settlementDayOf(read.value.settleDate, room.clock.now())
  if (day === null || struck.has('not_there') || !fileIsReady(day, room.clock.now())) return { code: '98' }
  const file = await writeSettlementFile(room, day, struck)
  if (!file) return { code: '98' }
  return { code: '00', fields: { fileName: file.name, fileContent: deflateSync(file.bytes).toString('base64') } }
}
