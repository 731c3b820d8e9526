import { writeFile } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { addDays, startOfShanghaiDay } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { BillDay } from '../bills.ts'
import type { BillError } from '../errors.ts'
import type { UnionpayClient } from './client.ts'
import { callGateway } from './gateway.ts'
import { toTxnTime } from './times.ts'
import { refusalOf } from './trade-calls.ts'
import { FILE_TYPE, FileAnswer, NO_SUCH_FILE } from './wire.ts'

/** Settlement days run from 23:00 to 23:00; their files are there at nine on the next morning. */
export const BILL_DAY: BillDay = { startsAt: -1, readyAt: 9 }
const HOUR_MS = 3_600_000
const MAX_ANSWER_BYTES = 2 ** 28
const ZIP_SIGNATURE = 'PK'

/**
 * Fetches the settlement file of one day into the file `path`, as the ZIP that it is once base64 and the compression
 * around it are undone. UnionPay has no file for a day without trades, which only means “empty” once all are there.
 */
export async function downloadBill(
  client: UnionpayClient,
  day: string,
  path: string,
): Promise<Result<'kept' | 'no_trades', BillError>> {
  const start = startOfShanghaiDay(day)
  if (!start) return err({ code: 'invalid_request', reason: 'the day must be yyyy-MM-dd' })
  const settleDate = day.slice(5).replace('-', '')
  const answered = await callGateway(
    client,
    client.fileUrl,
    {
      txnType: FILE_TYPE,
      txnSubType: '01',
      bizType: '000000',
      settleDate,
      fileType: '00',
      txnTime: toTxnTime(client.clock()),
    },
    MAX_ANSWER_BYTES,
  )
  if (!answered.ok) return answered
  const { respCode, fields } = answered.value
  if (respCode === NO_SUCH_FILE) {
    const readyAt = new Date(addDays(start, 1).getTime() + BILL_DAY.readyAt * HOUR_MS)
    return client.clock() < readyAt ? err({ code: 'not_ready', readyAt }) : ok('no_trades')
  }
  if (respCode !== '00') return err(refusalOf(answered.value))
  const file = FileAnswer.safeParse(Object.fromEntries(fields))
  if (!file.success) return err({ code: 'unknown', reason: 'the answer holds no file' })
  if ((file.data.settleDate ?? settleDate) !== settleDate) return err({ code: 'corrupt', reason: 'of another day' })
  return keep(Buffer.from(file.data.fileContent, 'base64'), path)
}

async function keep(content: Buffer, path: string): Promise<Result<'kept', BillError>> {
  const zip = content.toString('latin1', 0, 2) === ZIP_SIGNATURE ? content : inflate(content)
  await writeFile(path, zip ?? content)
  return zip ? ok('kept') : err({ code: 'corrupt', reason: 'the file does not unpack' })
}

function inflate(content: Buffer): Buffer | null {
  try {
    return inflateSync(content, { maxOutputLength: MAX_ANSWER_BYTES })
  } catch {
    return null
  }
}
