import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, describe, expect, test } from 'vitest'
import type { Result } from '../../result.ts'
import type { BadBillLine, BillLine } from '../bills.ts'
import { startGateway } from '../testing/gateway-double.ts'
import { downloadBill } from './download-bill.ts'
import { readBill } from './read-bill.ts'
import { billLine, billText, billZip, fileContent } from './testing/bill-double.ts'
import { clientFor, MER_ID, ORDER_ID, signAnswer, type Values } from './testing/unionpay-double.ts'

const folder = mkdtempDisposableSync(join(tmpdir(), 'bill-'))
afterAll(() => folder.remove())
const path = join(folder.path, 'bill.zip')
const day = '2026-11-21'
const AFTER_NINE = new Date('2026-11-22T01:00:00Z')

async function fetched(values: Values, now = AFTER_NINE) {
  await using gateway = await startGateway(({ body }) => ({ body: signAnswer(new Map(body), values) }))
  const result = await downloadBill(clientFor({ fileUrl: `${gateway.origin}/`, clock: () => now }), day, path)
  return { result, asked: gateway.received.map(({ body }) => Object.fromEntries(body)) }
}

async function readLines(zip: Uint8Array, of = day) {
  writeFileSync(path, zip)
  const lines: Result<BillLine, BadBillLine>[] = []
  const read = await readBill(MER_ID, { day: of, path }, async (some) => void lines.push(...some))
  return { read, lines }
}

describe('fetching', () => {
  const zip = billZip(billText([billLine()]))

  test('a day’s file, asked for by month and day, kept as the archive that it is', async () => {
    const { result, asked } = await fetched({ respCode: '00', settleDate: '1121', fileContent: fileContent(zip) })
    expect(result).toEqual({ ok: true, value: 'kept' })
    expect(readFileSync(path).equals(zip)).toBe(true)
    expect(asked).toMatchObject([
      {
        txnType: '76',
        txnSubType: '01',
        bizType: '000000',
        settleDate: '1121',
        fileType: '00',
        txnTime: '20261122090000',
      },
    ])
  })

  test('an archive without the compression around it', async () => {
    const { result } = await fetched({ respCode: '00', fileContent: zip.toString('base64') })
    expect(result).toEqual({ ok: true, value: 'kept' })
    expect(readFileSync(path).equals(zip)).toBe(true)
  })

  test('no file: not ready before nine on the next day, no trades after', async () => {
    const early = await fetched({ respCode: '98' }, new Date('2026-11-22T00:59:59Z'))
    expect(early.result).toEqual({ ok: false, error: { code: 'not_ready', readyAt: AFTER_NINE } })
    expect((await fetched({ respCode: '98' })).result).toEqual({ ok: true, value: 'no_trades' })
  })

  test.each<[string, Values, object]>([
    ['busy', { respCode: '06' }, { code: 'unknown' }],
    ['another trouble', { respCode: '99' }, { code: 'unknown' }],
    ['not allowed', { respCode: '31' }, { code: 'refused', providerCode: '31' }],
    ['no file in it', { respCode: '00' }, { code: 'unknown' }],
    ['of another day', { respCode: '00', settleDate: '1120', fileContent: fileContent(zip) }, { code: 'corrupt' }],
    ['damaged', { respCode: '00', fileContent: fileContent(zip).slice(0, 40) }, { code: 'corrupt' }],
  ])('%s', async (_name, values, error) => {
    expect((await fetched(values)).result).toMatchObject({ ok: false, error })
  })

  test('a day that is none', async () => {
    expect(await downloadBill(clientFor(), '2026-02-30', path)).toMatchObject({ error: { code: 'invalid_request' } })
  })
})

describe('reading', () => {
  test('payments, refunds and cancels', async () => {
    const back = { origQryId: '782611211730000740281', charge: 'C000000000041', txnTime: '1121183000' }
    const { read, lines } = await readLines(
      billZip(
        billText([
          billLine(),
          billLine({
            ...back,
            txnType: '04',
            queryId: '7826112118300007402',
            orderId: `${ORDER_ID}R1`,
            amount: '000000006800',
          }),
          billLine({ ...back, txnType: '31', queryId: '7826112118300007403', orderId: `${ORDER_ID}R2C` }),
        ]),
      ),
    )
    expect(read).toEqual({ ok: true, value: 'whole' })
    const refund = {
      kind: 'refund',
      providerTradeNo: '782611211730000740281',
      outTradeNo: null,
      state: 'done',
      fee: -41n,
      completedAt: new Date('2026-11-21T18:30:00+08:00'),
    }
    expect(lines.map((line) => line.ok && line.value)).toEqual([
      {
        line: 1,
        kind: 'payment',
        providerTradeNo: '782611211730000740281',
        outTradeNo: ORDER_ID,
        refundNo: null,
        state: 'done',
        amount: 26800n,
        fee: 161n,
        completedAt: new Date('2026-11-21T17:30:05+08:00'),
      },
      { ...refund, line: 2, refundNo: `${ORDER_ID}R1`, amount: 6800n },
      { ...refund, line: 3, refundNo: `${ORDER_ID}R2`, amount: 26800n },
    ])
  })

  test('a payment at 23:30 stands in the file of the next day, with its own time', async () => {
    const { lines } = await readLines(billZip(billText([billLine({ txnTime: '1120233000' })])))
    expect(lines).toMatchObject([{ value: { completedAt: new Date('2026-11-20T23:30:00+08:00') } }])
    const zip = billZip(billText([billLine({ txnTime: '1231233000' })]), { date: '270101' })
    expect((await readLines(zip, '2027-01-01')).lines).toMatchObject([
      { value: { completedAt: new Date('2026-12-31T23:30:00+08:00') } },
    ])
  })

  test('a line that cannot be read is named by its number and does not stop the rest', async () => {
    const good = billLine()
    const shifted = Buffer.concat([good.subarray(0, 40), Buffer.from('x'), good.subarray(40)])
    const { read, lines } = await readLines(
      billZip(
        billText([
          good,
          good.subarray(0, 120),
          Buffer.alloc(0),
          shifted,
          billLine({ txnType: '99' }),
          billLine({ merId: '777290058110099' }),
          billLine({ amount: '0000000268.0' }),
          billLine({ charge: 'X000000000161' }),
          billLine({ txnTime: '1321173005' }),
          billLine({ orderId: '' }),
          billLine({ txnType: '04' }),
          good,
        ]),
      ),
    )
    expect(read.ok).toBe(true)
    expect(lines.map((line) => (line.ok ? line.value.line : `${line.error.line}: ${line.error.reason}`))).toEqual([
      1,
      '2: it is cut short: 120 of 475 bytes',
      '4: its columns are not where they should be',
      '5: its type is 99',
      '6: it is of another merchant',
      '7: an amount cannot be read',
      '8: an amount cannot be read',
      '9: the time cannot be read',
      '10: a number is missing',
      '11: a number is missing',
      12,
    ])
  })

  test('bytes that are no GBK in a name that nobody reads', async () => {
    const line = billLine()
    line.writeUInt16BE(0xffff, line.indexOf(Buffer.from('b4c9', 'hex')))
    expect((await readLines(billZip(billText([line])))).lines).toMatchObject([{ ok: true }])
  })

  test.each<[string, Uint8Array, string]>([
    ['another merchant’s', billZip(billText([billLine()]), { merId: '777290058110099' }), 'of another merchant'],
    ['another day’s', billZip(billText([billLine()]), { date: '261120' }), 'of another day'],
    ['cut', billZip(billText([billLine()])).subarray(0, 300), ''],
    ['no archive', Buffer.from('<html>502</html>'), 'not a ZIP'],
  ])('not believed: %s', async (_name, zip, reason) => {
    expect((await readLines(zip)).read).toMatchObject({
      ok: false,
      error: { code: 'corrupt', reason: expect.stringContaining(reason) },
    })
  })
})

/** What is reachable, in bytes: rubbish that was not collected yet is nobody's. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('this Node collects by itself only')
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

test('a hundred thousand lines are never in memory at once', async () => {
  writeFileSync(path, billZip(billText(Array(100_000).fill(billLine()))))
  let [seen, least, most] = [0, Number.POSITIVE_INFINITY, 0]
  const read = await readBill(MER_ID, { day, path }, async (some) => {
    const measured = Math.floor(seen / 10_000)
    seen += some.filter((each) => each.ok).length
    if (Math.floor(seen / 10_000) === measured) return
    const held = heldBytes()
    ;[least, most] = [Math.min(least, held), Math.max(most, held)]
  })
  expect(read).toEqual({ ok: true, value: 'whole' })
  expect(seen).toBe(100_000)
  // The text is 47 MB: who kept it would hold 40 MB more after the last tenth than after the first. Some is read ahead.
  expect(most - least).toBeLessThan(15_000_000)
})
