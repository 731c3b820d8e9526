import { expect, test } from 'vitest'
import type { ListedDifference } from '#db/reconciliation/list-differences.ts'
import type { ReadBillDay } from '#db/reconciliation/read-bill-day.ts'
import { toFen } from '../domain/money.ts'
import type { OrderNumber } from '../domain/order-number.ts'
import { writeDayReport } from './day-report.ts'

const DAY = { provider: 'alipay', day: '2026-11-20' }
const read: ReadBillDay = {
  state: 'matched',
  problem: null,
  nextTryAt: null,
  matchedAt: new Date('2026-11-21T02:10:00Z'),
  payments: 2,
  refunds: 1,
  paidFen: toFen(36850n),
  refundedFen: toFen(6800n),
  feesFen: toFen(221n),
  fileId: 'f',
  sha256: Buffer.alloc(2, 0xab),
  bytes: 1234n,
}
const difference: ListedDifference = {
  id: 'd',
  finding: 'payment_amount',
  kind: 'amount',
  proposal: 'ask_provider',
  subject: 'A20261120000201',
  line: 7,
  orderNumber: '20261120AAAA' as OrderNumber,
  billedFen: toFen(10051n),
  billedFeeFen: toFen(60n),
  oursFen: toFen(10050n),
  detail: null,
  state: 'open',
  resolution: null,
  settledBy: null,
  note: null,
}

test('a day without differences', () => {
  expect(writeDayReport(DAY, read, [])).toBe(
    [
      'alipay 2026-11-20: matched',
      '  payments 2 · 368.50',
      '  refunds  1 · 68.00',
      '  fees     2.21',
      '  file     1234 bytes, SHA-256 abab',
      'No differences.',
    ].join('\n'),
  )
})

test('differences stand in columns, settled ones with how', () => {
  const missing: ListedDifference = {
    ...difference,
    finding: 'payment_unbilled',
    kind: 'missing_there',
    line: null,
    billedFen: null,
    billedFeeFen: null,
    state: 'settled',
    resolution: 'in_other_bill',
    settledBy: 'rule',
  }
  expect(writeDayReport(DAY, read, [difference, missing]).split('\n').slice(-3)).toEqual([
    'line  number           order         finding           bill    ours    fee   state    next',
    '7     A20261120000201  20261120AAAA  payment_amount    100.51  100.50  0.60  open     ask_provider',
    '      A20261120000201  20261120AAAA  payment_unbilled          100.50        settled  in_other_bill (rule)',
  ])
})

test('a day that could not be matched says why and what comes next', () => {
  const waiting: ReadBillDay = {
    ...read,
    state: 'waiting',
    problem: 'time-out',
    nextTryAt: new Date('2026-11-21T03:00:00Z'),
  }
  expect(writeDayReport(DAY, waiting, [])).toContain('waiting (time-out), next try 2026-11-21T03:00:00.000Z')
})
