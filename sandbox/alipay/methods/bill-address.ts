import { shanghaiDay } from '../../shanghai-time.ts'
import { hasBill, isReady } from '../bill/bill-period.ts'
import { BillChoice, readBiz } from '../biz-fields.ts'
import { type Outcome, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { AlipayRoom } from '../room.ts'

const FIRST_BILL = '2016-01'

/** An address that is good for seconds and asks nobody who they are. */
export function billAddress(room: AlipayRoom, request: GatewayRequest): Outcome {
  const read = readBiz(BillChoice, request.biz)
  if ('problem' in read) return { problem: problem('INVAILID_ARGUMENTS') }
  const { bill_type: type, bill_date: date } = read.value
  const now = room.clock.now()
  if (date < FIRST_BILL || date > shanghaiDay(now)) return { problem: problem('INVAILID_ARGUMENTS') }
  if (type !== 'trade' || !isReady(date, now) || !hasBill(room, date)) return { problem: problem('BILL_NOT_EXIST') }

  const token = room.ids.token(32)
  room.book.run('insert into alipay_bill_links values (?, ?, ?)', token, date, now)
  return {
    fields: { bill_download_url: `${room.publicUrl}/bill/${token}?bizType=trade&fileType=csv.zip&billDate=${date}` },
  }
}
