import { packZip } from '../../pack-zip.ts'
import type { AlipayRoom } from '../room.ts'
import { OTHER_MERCHANT } from '../signed-form.ts'
import { readPeriod } from './bill-period.ts'
import { billRows, falsifyRows } from './bill-rows.ts'
import { type BillHead, detailText, summaryText } from './bill-text.ts'

/** The ZIP of a day or month as Alipay packs it: names and contents in GBK, the names not marked as anything else. */
export async function writeBillFile(room: AlipayRoom, date: string): Promise<Buffer> {
  const period = readPeriod(date)
  if (!period) throw new RangeError(`${date} is no day and no month`)
  const struck = room.faults.take({ gateway: 'alipay', point: 'bill', target: null })
  const rows = falsifyRows(billRows(room, date), struck)
  const sellerId = struck.has('other_merchant') ? OTHER_MERCHANT.sellerId : room.merchant.sellerId
  const head: BillHead = {
    sellerId,
    period,
    exportedAt: room.clock.now(),
    footerOff: struck.has('wrong_footer') ? 1 : 0,
  }
  const stem = `${sellerId}0156_${date.replaceAll('-', '')}`
  const bytes = await packZip(
    [
      [`${stem}_业务明细.csv`, detailText(rows, head)],
      [`${stem}_业务明细(汇总).csv`, summaryText(rows, head)],
    ],
    new Date(room.clock.now()),
  )
  return struck.has('cut') ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes
}
