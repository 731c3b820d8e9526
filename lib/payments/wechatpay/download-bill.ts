import { createHash } from 'node:crypto'
import { addDays, startOfShanghaiDay } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { BillDay } from '../bills.ts'
import { refuseDamaged } from '../damaged-file.ts'
import type { BillError } from '../errors.ts'
import { reasonOf, saveBody } from '../read-response.ts'
import type { WechatClient } from './client.ts'
import { authorize, callGateway } from './gateway.ts'
import { unpackFile } from './packed-file.ts'
import { refused } from './trade-calls.ts'
import { BillAnswer } from './wire.ts'

/** WeChat Pay's days are those of the calendar, and their bills are there at ten on the next. */
export const BILL_DAY: BillDay = { startsAt: 0, readyAt: 10 }
const HOUR_MS = 3_600_000
const TRY_AGAIN_MS = 10 * 60_000
const DOWNLOAD_TIMEOUT_MS = 600_000
const MAX_ARCHIVE_BYTES = 2 ** 30

type Download = Promise<Result<'kept' | 'no_trades', BillError>>

/** Fetches the bill of all payments and refunds of one day into the file `path`. */
export const downloadBill = (client: WechatClient, day: string, path: string): Download =>
  download(client, day, `tradebill?bill_date=${day}&bill_type=ALL`, path)

/** Fetches the bill of all movements on the basic account in one day into the file `path`. */
export const downloadFundFlow = (client: WechatClient, day: string, path: string): Download =>
  download(client, day, `fundflowbill?bill_date=${day}&account_type=BASIC`, path)

/** There is no bill for a day on which nothing happened, which only means “empty” once all bills are there. */
async function download(client: WechatClient, day: string, question: string, path: string): Download {
  const start = startOfShanghaiDay(day)
  if (!start) return err({ code: 'invalid_request', reason: 'the day must be yyyy-MM-dd' })
  const end = addDays(start, 1)
  const readyAt = new Date(end.getTime() + BILL_DAY.readyAt * HOUR_MS)
  const now = client.access.clock()
  if (now < end) return err({ code: 'not_ready', readyAt })
  const asked = { method: 'GET', path: `/v3/bill/${question}&tar_type=GZIP` } as const
  const answered = await callGateway(client.access, client.keys, asked, BillAnswer)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'success') return fetchFile(client, answered.value.content, path)
  switch (answered.value.refusalCode) {
    case 'NO_STATEMENT_EXIST':
      return now < readyAt ? err({ code: 'not_ready', readyAt }) : ok('no_trades')
    case 'STATEMENT_CREATING':
      return err({ code: 'not_ready', readyAt: now < readyAt ? readyAt : new Date(now.getTime() + TRY_AGAIN_MS) })
    default:
      return err(refused(answered.value))
  }
}

/** The file is not signed: what proves it is the hash, which came in a signed answer. The address lives for minutes. */
async function fetchFile(client: WechatClient, bill: BillAnswer, path: string): Promise<Result<'kept', BillError>> {
  const url = new URL(bill.download_url)
  if (url.protocol === 'http:' && !client.access.hosts[0].startsWith('http:')) {
    return err({ code: 'untrusted', claim: 'the bill is offered without TLS' })
  }
  try {
    const response = await fetch(url, {
      redirect: 'error',
      headers: { 'user-agent': 'comptoir/1', authorization: authorize(client.access, url, 'GET', '') },
      signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
    })
    if (response.status !== 200)
      return err({ code: 'unknown', reason: `the download answered HTTP ${response.status}` })
    const isWhole = await saveBody(response, path, MAX_ARCHIVE_BYTES)
    if (!isWhole) return err({ code: 'corrupt', reason: 'the bill is too long' })
  } catch (error) {
    return err({ code: 'unknown', reason: reasonOf(error) })
  }
  return compareHash(path, bill.hash_value)
}

/** Over the unpacked bytes, to the end of them. */
async function compareHash(path: string, announced: string): Promise<Result<'kept', BillError>> {
  const hash = createHash('sha1')
  const read = await refuseDamaged(async () => {
    for await (const chunk of unpackFile(path)) hash.update(chunk)
  })
  if (!read.ok) return read
  if (hash.digest('hex') === announced.toLowerCase()) return ok('kept')
  return err({ code: 'corrupt', reason: 'the hash is another than announced' })
}
