import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { z } from 'zod'
import { instant, text, whole } from '../../book/open-book.ts'
import type { Struck } from '../../faults/fault-rules.ts'
import { type Day, readBillDay } from '../bill/bill-day.ts'
import { FundFlowChoice, TradeBillChoice } from '../bill/bill-fields.ts'
import { fundFlowBill } from '../bill/fund-flow-bill.ts'
import { tradeBill } from '../bill/trade-bill.ts'
import { readFields } from '../order-fields.ts'
import { type Outcome, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { WechatPayRoom } from '../room.ts'

export const DOWNLOAD_PATH = '/v3/billdownload/file'

/** Where the bill of all payments and refunds of a day can be had. */
export function askTradeBill(room: WechatPayRoom, request: GatewayRequest): Outcome {
  return askBill(room, request, TradeBillChoice, (choice, day, struck) =>
    tradeBill(room, day, choice.bill_type, struck),
  )
}

/** The same for the movements of the merchant's money. Only the basic account has any here. */
export function askFundFlowBill(room: WechatPayRoom, request: GatewayRequest): Outcome {
  return askBill(room, request, FundFlowChoice, (choice, day, struck) =>
    choice.account_type === 'BASIC' ? fundFlowBill(room, day, struck) : null,
  )
}

/** The file is written here, so that its hash is that of what will be fetched. */
function askBill<T extends { bill_date: string; tar_type?: 'GZIP' | undefined }>(
  room: WechatPayRoom,
  request: GatewayRequest,
  schema: z.ZodType<T>,
  write: (choice: T, day: Day, struck: Struck) => string | null,
): Outcome {
  const read = readFields(schema, 'query', Object.fromEntries(request.query))
  if ('problem' in read) return read
  const choice = read.value
  const found = readBillDay(choice.bill_date, room.clock.now())
  if ('problem' in found) return found
  const struck = room.faults.take({ gateway: 'wechatpay', point: 'bill', target: null })
  const bill = write(choice, found.day, struck)
  if (bill === null) return { problem: problem('NO_STATEMENT_EXIST') }
  const hash = createHash('sha1').update(bill).digest('hex')
  const told = struck.has('wrong_hash') ? hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) : hash
  const served = struck.has('cut') ? bill.slice(0, Math.floor(bill.length / 2)) : bill
  return {
    fields: { hash_type: 'SHA1', hash_value: told, download_url: keepLink(room, served, choice.tar_type === 'GZIP') },
  }
}

function keepLink(room: WechatPayRoom, bill: string, gzipped: boolean): string {
  const token = room.ids.token(48)
  const now = room.clock.now()
  room.book.run('delete from wechatpay_bill_links where issued_at < ?', now - room.settings.current().billLinkMs)
  room.book.run(
    'insert into wechatpay_bill_links (token, gzipped, text, issued_at) values (?, ?, ?, ?)',
    token,
    gzipped ? 1 : 0,
    bill,
    now,
  )
  return `${room.publicUrl}${DOWNLOAD_PATH}?token=${token}${gzipped ? '&tartype=gzip' : ''}`
}

/** The bill itself, to the merchant who signs for it in time. What it answers is not signed. */
export function downloadBill(room: WechatPayRoom, request: GatewayRequest): Outcome {
  const row = room.book.get('select * from wechatpay_bill_links where token = ?', request.query.get('token') ?? '')
  if (!row || room.clock.now() - instant(row, 'issued_at') > room.settings.current().billLinkMs)
    return { problem: problem('RESOURCE_NOT_EXISTS', '文件不存在或链接已过期') }
  const bill = Buffer.from(text(row, 'text'))
  return whole(row, 'gzipped') === 1n
    ? { file: gzipSync(bill), type: 'application/octet-stream' }
    : { file: bill, type: 'text/plain; charset=utf-8' }
}
