import { addDays, startOfShanghaiDay } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { Bill, BillError } from '../port.ts'
import { readAll, reasonOf } from '../read-response.ts'
import { openBill, readBillLines } from './bill-file.ts'
import { type AlipayClient, call } from './client.ts'
import { refused } from './trade-calls.ts'
import { BillUrlAnswer } from './wire.ts'

const READY_AFTER_MS = 9 * 3_600_000
const DOWNLOAD_TIMEOUT_MS = 60_000
const MAX_ARCHIVE_BYTES = 67_108_864

/**
 * The bill of trades of one day, checked against its own totals. Alipay has no bill for a day without trades, which
 * only means “empty” after nine o'clock on the next day, when all bills are there.
 */
export async function downloadBill(client: AlipayClient, day: string): Promise<Result<Bill, BillError>> {
  const start = startOfShanghaiDay(day)
  if (!start) return err({ code: 'invalid_request', reason: 'the day must be yyyy-MM-dd' })
  const content = { bill_type: 'trade', bill_date: day }
  const answered = await call(client, 'alipay.data.dataservice.bill.downloadurl.query', content, BillUrlAnswer)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'refusal') {
    if (answered.value.subCode !== 'BILL_NOT_EXIST') return err(refused(answered.value))
    const readyAt = new Date(addDays(start, 1).getTime() + READY_AFTER_MS)
    if (client.access.clock() < readyAt) return err({ code: 'not_ready', readyAt })
    return ok({ file: new Uint8Array(), lines: () => [] })
  }
  return fetchBill(answered.value.content.bill_download_url, client)
}

/** The address lives for 30 seconds, so it is used at once and never kept. */
async function fetchBill(url: string, client: AlipayClient): Promise<Result<Bill, BillError>> {
  if (url.startsWith('http:') && !client.access.gatewayUrl.startsWith('http:')) {
    return err({ code: 'untrusted', claim: 'the bill is offered without TLS' })
  }
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) })
    if (response.status !== 200)
      return err({ code: 'unknown', reason: `the download answered HTTP ${response.status}` })
    const file = await readAll(response, MAX_ARCHIVE_BYTES)
    if (!file) return err({ code: 'corrupt', reason: 'the bill is too long' })
    const bill = openBill(file, client.sellerId)
    return bill.ok ? ok({ file, lines: () => readBillLines(bill.value) }) : bill
  } catch (error) {
    return err({ code: 'unknown', reason: reasonOf(error) })
  }
}
