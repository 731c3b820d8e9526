import { beforeEach, describe, expect, test } from 'vitest'
import { billWindow } from '#lib/domain/bill-day.ts'
import { toFen } from '#lib/domain/money.ts'
import type { Finding } from '#lib/domain/reconciliation.ts'
import { addDays } from '#lib/domain/shanghai-time.ts'
import type { BillLine } from '#lib/payments/bills.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { ok } from '#lib/result.ts'
import { sql } from '../client.ts'
import { amountOf, fillPaidOrders, numberOf } from '../testing/fill-paid-orders.ts'
import { bookBillFees } from './book-bill-fees.ts'
import { importBill } from './import-bill.ts'
import { listDifferences } from './list-differences.ts'
import { listUnbookedBillDays } from './list-unbooked-bill-days.ts'
import { readSettlementMonth } from './read-settlement-month.ts'
import { settleDifference } from './settle-difference.ts'

const DAY = '2026-11-20'
const NEXT = '2026-11-21'
const WINDOW = billWindow(DAY, 0)
const COUNT = 40
const NOW = new Date('2026-11-21T02:00:00Z')
const PREFIX = 'TEST'
const FILE_ID = '00000000-0000-4000-8000-000000000000'

beforeEach(async () => {
  await sql`truncate orders, bill_days, bill_files, bill_lines cascade`
  await sql`
    insert into bill_files (id, provider, day, sha256, bytes, received_at)
    values (${FILE_ID}, 'alipay', ${DAY}, '', 0, now())`
  await fillPaidOrders({ provider: 'alipay', count: COUNT, ...WINDOW, prefix: PREFIX })
})

const paidAt = (n: number) => new Date(WINDOW.from.getTime() + (n * 86_400_000) / COUNT)
const lineOf = (n: number, over: Partial<BillLine> = {}): BillLine => ({
  line: n + 6,
  kind: 'payment',
  providerTradeNo: `T${numberOf(PREFIX, n)}`,
  outTradeNo: numberOf(PREFIX, n),
  refundNo: null,
  state: 'done',
  amount: toFen(amountOf(n)),
  fee: toFen((amountOf(n) * 60n + 5_000n) / 10_000n),
  completedAt: paidAt(n),
  ...over,
})
const allLines = () => Array.from({ length: COUNT }, (_, n) => lineOf(n))

function importLines(lines: readonly BillLine[], { day = DAY, now = NOW, provider = 'alipay' as ProviderName } = {}) {
  return importBill({
    provider,
    day,
    terms: { window: billWindow(day, 0), feeBasisPoints: 60 },
    bill: {
      fileId: FILE_ID,
      read: async (take) => {
        await take(lines.map((line) => ok(line)))
        return ok('whole')
      },
    },
    now,
    onProgress: () => undefined,
  })
}
const found = async (day = DAY) =>
  (await listDifferences({ provider: 'alipay', day })).map(
    ({ finding, subject, state }) => `${finding} ${subject} ${state}`,
  )

test('a bill that says what we know differs in nothing', async () => {
  expect(await importLines(allLines())).toEqual(ok('matched'))
  expect(await found()).toEqual([])
  const [day] = await sql`select state, payments, refunds, paid_fen, fees_fen from bill_days`
  const paid = allLines().reduce((sum, { amount }) => sum + amount, 0n)
  expect(day).toMatchObject({ state: 'matched', payments: COUNT, refunds: 0, paid_fen: String(paid) })
})

describe('one difference, one finding', () => {
  const n = 7
  const subject = numberOf(PREFIX, n)
  const without = allLines().filter((_, at) => at !== n)
  test.each<[name: string, lines: BillLine[], finding: Finding, subject: string, state?: string]>([
    ['not in the bill', without, 'payment_unbilled', subject, 'waiting'],
    ['another amount', [...without, lineOf(n, { amount: toFen(amountOf(n) + 1n) })], 'payment_amount', subject],
    ['another fee', [...without, lineOf(n, { fee: toFen(lineOf(n).fee + 2n) })], 'payment_fee', subject],
    ['another state', [...without, lineOf(n, { state: 'failed' })], 'payment_state', subject],
    ['another trade', [...without, lineOf(n, { providerTradeNo: 'T0' })], 'payment_trade', subject],
    ['a number of nobody', [...allLines(), lineOf(99)], 'payment_foreign', numberOf(PREFIX, 99)],
    ['the same twice', [...allLines(), lineOf(n, { line: 500 })], 'line_doubled', 'line 500'],
  ])('%s', async (_, lines, finding, about, state = 'open') => {
    await importLines(lines)
    expect(await found()).toEqual([`${finding} ${about} ${state}`])
  })

  test('a payment that we have not heard of', async () => {
    await sql`
      insert into payment_attempts (payment_id, sequence, provider, scene, out_trade_no, amount_fen, currency, state,
        started_at, expires_at)
      select id, 2, 'alipay', 'qr', 'UNHEARDOF', 990, 'CNY', 'expired', now(), now() from payments limit 1`
    await importLines([...allLines(), lineOf(99, { outTradeNo: 'UNHEARDOF', amount: toFen(990n), fee: toFen(6n) })])
    expect(await found()).toEqual(['payment_unknown UNHEARDOF open'])
  })

  test('an event without its journal', async () => {
    await sql.unsafe('alter table ledger_entries disable trigger user; alter table journals disable trigger user')
    await sql`
      delete from ledger_entries using journals, payment_events as event, payment_attempts as attempt
      where journals.id = journal_id and event.id = payment_event_id and attempt.id = attempt_id and out_trade_no = ${subject}`
    await importLines(allLines())
    await sql.unsafe('alter table ledger_entries enable trigger user; alter table journals enable trigger user')
    expect(await found()).toEqual([`payment_booking ${subject} open`])
  })
})

describe('what stands in the bill of a neighbouring day', () => {
  const subject = numberOf(PREFIX, COUNT - 1)
  const last = lineOf(COUNT - 1, { completedAt: addDays(paidAt(COUNT - 1), 1) })

  test('waits for the next bill, and is settled by it', async () => {
    await importLines(allLines().slice(0, -1))
    expect(await found()).toEqual([`payment_unbilled ${subject} waiting`])
    await importLines([last], { day: NEXT })
    expect(await found()).toEqual([`payment_unbilled ${subject} settled`])
    expect(await found(NEXT)).toEqual([`payment_late ${subject} settled`])
  })

  test('is not missed when that bill was read before', async () => {
    await importLines([last], { day: NEXT })
    await importLines(allLines().slice(0, -1))
    expect(await found()).toEqual([])
  })

  test('is open when the next bill has not got it either', async () => {
    await importLines(allLines().slice(0, -1))
    await importLines([], { day: NEXT })
    expect(await found()).toEqual([`payment_unbilled ${subject} open`])
  })
})

describe('matching a day again', () => {
  const wrong = [...allLines().slice(1), lineOf(0, { state: 'failed' })]
  const later = new Date(NOW.getTime() + 60_000)

  test('finds the same once', async () => {
    await importLines(wrong)
    await importLines(wrong, { now: later })
    expect(await found()).toHaveLength(1)
  })

  test('settles what agrees now, and opens it when it does not any more', async () => {
    await importLines(wrong)
    await importLines(allLines(), { now: later })
    expect(await found()).toEqual([expect.stringMatching(/settled$/)])
    await importLines(wrong, { now: addDays(later, 1) })
    expect(await found()).toEqual([expect.stringMatching(/open$/)])
  })

  test('leaves alone what a person settled', async () => {
    await importLines(wrong)
    const [difference] = await listDifferences({ provider: 'alipay', day: DAY })
    const settle = () =>
      settleDifference(difference?.id ?? '', { by: 'staff:lin', resolution: 'explained', note: 'asked them' }, NOW)
    expect((await Promise.all([settle(), settle(), settle()])).toSorted()).toEqual([
      'settled',
      'settled_before',
      'settled_before',
    ])
    await importLines(wrong, { now: later })
    expect(await found()).toEqual([expect.stringMatching(/settled$/)])
  })
})

test('a bill that turns out to be corrupt changes nothing', async () => {
  await importLines(allLines())
  const refused = await importBill({
    provider: 'alipay',
    day: DAY,
    terms: { window: WINDOW, feeBasisPoints: 60 },
    bill: {
      fileId: FILE_ID,
      read: async (take) => {
        await take([ok(lineOf(3))])
        return { ok: false, error: { code: 'corrupt', reason: 'cut short' } }
      },
    },
    now: NOW,
    onProgress: () => undefined,
  })
  expect(refused).toEqual({ ok: false, error: { code: 'corrupt', reason: 'cut short' } })
  const [{ count } = { count: 0 }] = await sql`select count(*)::int as count from bill_lines`
  expect(count).toBe(COUNT)
  expect(await found()).toEqual([])
})

test('an error amid the lines is thrown, and the connection is free again', async () => {
  const failing = importBill({
    provider: 'alipay',
    day: DAY,
    terms: { window: WINDOW, feeBasisPoints: 60 },
    bill: {
      fileId: FILE_ID,
      read: async (take) => {
        await take([ok(lineOf(3))])
        throw new Error('the disk is gone')
      },
    },
    now: NOW,
    onProgress: () => undefined,
  })
  await expect(failing).rejects.toThrow('the disk is gone')
  expect(await importLines(allLines())).toEqual(ok('matched'))
})

test('fees that a dying worker left unbooked are found, and booked once', async () => {
  await importLines(allLines())
  const [day, ...others] = await listUnbookedBillDays()
  expect([day, others]).toEqual([{ provider: 'alipay', day: DAY }, []])
  await Promise.all([1, 2, 3].map(() => bookBillFees({ provider: 'alipay', day: DAY })))
  expect(await listUnbookedBillDays()).toEqual([])
  const fees = allLines().reduce((sum, { fee }) => sum + fee, 0n)
  const booked = await sql`select amount_fen from ledger_entries where account = 'fees'`
  expect(booked).toEqual([{ amount_fen: String(fees) }])
})

test('a month is the sum of its matched days', async () => {
  const [paid, fees] = [allLines(), allLines()].map((lines, at) =>
    lines.reduce((sum, line) => sum + (at === 0 ? line.amount : line.fee), 0n),
  )
  await importLines(allLines().slice(0, -1))
  await importLines([lineOf(COUNT - 1)], { day: NEXT })
  await importLines([], { day: '2026-12-01' })
  expect(await readSettlementMonth('2026-11')).toEqual([
    {
      provider: 'alipay',
      days: 2,
      unmatchedDays: 0,
      payments: COUNT,
      refunds: 0,
      paid,
      refunded: 0n,
      fees,
      net: (paid ?? 0n) - (fees ?? 0n),
      openDifferences: 0,
    },
  ])
  expect(await readSettlementMonth('2026-10')).toEqual([])
})
