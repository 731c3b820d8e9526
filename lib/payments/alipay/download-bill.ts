import { addDays, startOfShanghaiDay } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { BillDay } from '../bills.ts'
import type { BillError } from '../errors.ts'
import { reasonOf, saveBody } from '../read-response.ts'
import { type AlipayClient, call } from './client.ts'
import { refused } from './trade-calls.ts'
import { BillUrlAnswer } from './wire.ts'

/** Alipay's days are those of the calendar, and their bills are there at nine on the next. */
export const BILL_DAY: BillDay = { startsAt: 0, readyAt: 9 }
const HOUR_MS = 3_600_000
const DOWNLOAD_TIMEOUT_MS = 600_000
const MAX_ARCHIVE_BYTES = 2 ** 30

/**
 * Fetches the bill of trades of one day into the file `path`. Alipay has no bill for a day without trades, which only
 * means “empty” once all bills are there.
 */
export async function downloadBill(
  client: AlipayClient,
  day: string,
  path: string,
): Promise<Result<'kept' | 'no_trades', BillError>> {
  const start = startOfShanghaiDay(day)
  if (!start) return err({ code: 'invalid_request', reason: 'the day must be yyyy-MM-dd' })
  const content = { bill_type: 'trade', bill_date: day }
  const answered = await call(client, 'alipay.data.dataservice.bill.downloadurl.query', content, BillUrlAnswer)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'refusal') {
    if (answered.value.subCode !== 'BILL_NOT_EXIST') return err(refused(answered.value))
    const readyAt = new Date(addDays(start, 1).getTime() + BILL_DAY.readyAt * HOUR_MS)
    return client.access.clock() < readyAt ? err({ code: 'not_ready', readyAt }) : ok('no_trades')
  }
  return fetchFile(client, answered.value.content.bill_download_url, path)
}

/** The address lives for 30 seconds, so it is used at once and never kept. */
async function fetchFile(client: AlipayClient, url: string, path: string): Promise<Result<'kept', BillError>> {
  if (url.startsWith('http:') && !client.access.gatewayUrl.startsWith('http:')) {
    return err({ code: 'untrusted', claim: 'the bill is offered without TLS' })
  }
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) })
    if (response.status !== 200)
      return err({ code: 'unknown', reason: `the download answered HTTP ${response.status}` })
    const isWhole = await saveBody(response, path, MAX_ARCHIVE_BYTES)
    return isWhole ? ok('kept') : err({ code: 'corrupt', reason: 'the bill is too long' })
  } catch (error) {
    return err({ code: 'unknown', reason: reasonOf(error) })
  }
}
