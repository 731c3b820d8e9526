import { instant, text } from '../../book/open-book.ts'
import { type Answer, type Incoming, plain } from '../../http/messages.ts'
import type { AlipayRoom } from '../room.ts'
import { writeBillFile } from './write-bill-file.ts'

const BILL_PATH = /^\/bill\/([a-z0-9]{32})$/

/** The bill itself, to whoever has its address in time; null for any other path. */
export function answerBill(room: AlipayRoom, incoming: Incoming): Promise<Answer> | Answer | null {
  const token = BILL_PATH.exec(incoming.path)?.[1]
  if (!token) return null
  const row = room.book.get('select * from alipay_bill_links where token = ?', token)
  if (!row || room.clock.now() - instant(row, 'issued_at') > room.settings.current().billLinkMs)
    return plain(403, 'the link has expired')
  const date = text(row, 'bill_date')
  return writeBillFile(room, date).then((body) => ({
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${room.merchant.sellerId}_${date}.csv.zip"`,
    },
    body,
  }))
}
