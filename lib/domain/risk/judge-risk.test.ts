import { expect, test } from 'vitest'
import type { IncidentKind } from './incident-kinds.ts'
import { judgeRisk } from './judge-risk.ts'
import type { RiskFacts } from './risk-facts.ts'
import { RISK_RULES } from './risk-rules.ts'

const NOW = new Date('2026-11-21T04:00:00Z')
/** A busy shop in which all is well, just below where habit ends. */
const QUIET: RiskFacts = {
  now: NOW,
  disputes: [],
  unowed: [],
  refusedMessages: [
    { provider: 'alipay', lately: 9, before: 0 },
    { provider: 'wechatpay', lately: 12, before: 100 },
  ],
  unlistedSenders: [],
  calls: [
    { provider: 'alipay', made: 100, unanswered: 49, slowestMs: 4_999 },
    { provider: 'unionpay', made: 2, unanswered: 2, slowestMs: 10_000 },
  ],
  heardBy: [
    { provider: 'alipay', byMessage: 100, byQuery: 99 },
    { provider: 'unionpay', byMessage: 0, byQuery: 4 },
  ],
  refunds: { lastDay: 30, usualDay: 10, amount: '100.00' },
  pendingRefunds: [],
  crowds: [{ what: 'phone:1', orders: 7, unpaid: 4 }],
  couponUses: [{ code: 'SPRING', uses: 29 }],
  negativeStock: [],
  queue: { waiting: 500, longestS: 60 },
  deadJobs: [],
  clockDriftMs: -2_000,
  doubts: [],
  billDifferences: [],
  backupHours: 26,
  drillHours: null,
}

test('a shop in which all is well calls nobody', () => {
  expect(judgeRisk(QUIET)).toEqual([])
})

const tripped: [kind: IncidentKind, facts: Partial<RiskFacts>, subject: string][] = [
  [
    'paid_twice',
    { unowed: [{ eventId: 'e', order: 'N1', provider: 'alipay', outcome: 'surplus', amount: '1.00' }] },
    'order:N1',
  ],
  [
    'paid_after_end',
    { unowed: [{ eventId: 'e', order: 'N1', provider: 'alipay', outcome: 'late', amount: '1.00' }] },
    'order:N1',
  ],
  ['messages_forged', { refusedMessages: [{ provider: 'alipay', lately: 10, before: 12 }] }, 'provider:alipay'],
  [
    'sender_unlisted',
    { unlistedSenders: [{ provider: 'alipay', address: '192.0.2.1', messages: 1 }] },
    'provider:alipay',
  ],
  ['provider_silent', { calls: [{ provider: 'alipay', made: 6, unanswered: 3, slowestMs: 1 }] }, 'provider:alipay'],
  ['provider_slow', { calls: [{ provider: 'alipay', made: 6, unanswered: 0, slowestMs: 5_000 }] }, 'provider:alipay'],
  ['notifications_missing', { heardBy: [{ provider: 'alipay', byMessage: 5, byQuery: 5 }] }, 'provider:alipay'],
  ['refunds_unusual', { refunds: { lastDay: 31, usualDay: 10, amount: '1.00' } }, ''],
  ['refund_pending', { pendingRefunds: [{ refundNo: 'R1', order: 'N1', days: 4 }] }, 'refund:R1'],
  ['orders_from_one_place', { crowds: [{ what: 'phone:1', orders: 8, unpaid: 0 }] }, 'phone:1'],
  ['orders_from_one_place', { crowds: [{ what: 'mailbox:x', orders: 5, unpaid: 5 }] }, 'mailbox:x'],
  ['coupon_burst', { couponUses: [{ code: 'SPRING', uses: 30 }] }, 'coupon:SPRING'],
  ['stock_negative', { negativeStock: [{ sku: 'POT', onHand: 1, held: 2 }] }, 'sku:POT'],
  ['queue_late', { queue: { waiting: 1, longestS: 61 } }, ''],
  ['jobs_dead', { deadJobs: [{ id: 'd', job: 'j', name: 'send-order-mail', failure: 'no' }] }, 'job:send-order-mail'],
  ['clock_drift', { clockDriftMs: 2_001 }, ''],
  ['setup_doubtful', { doubts: [{ provider: 'alipay', found: 'key expires in 9 days' }] }, 'provider:alipay'],
  ['bill_differs', { billDifferences: [{ provider: 'alipay', day: '2026-11-20', open: 1 }] }, 'bill:alipay:2026-11-20'],
  ['backup_old', { backupHours: 26.1 }, ''],
  ['drill_old', { drillHours: 193 }, ''],
]
test.each(tripped)('%s is seen', (kind, facts, subject) => {
  expect(judgeRisk({ ...QUIET, ...facts })).toMatchObject([{ kind, subject }])
})

test('every rule is told of above', () => {
  expect(new Set(tripped.map(([kind]) => kind))).toEqual(new Set(Object.keys(RISK_RULES)))
})

test('a rule that throws is seen itself, and stops none of the others', () => {
  const rules = {
    ...RISK_RULES,
    paid_twice: () => {
      throw new Error('no')
    },
  }
  const seen = judgeRisk({ ...QUIET, clockDriftMs: 9_000 }, rules)
  expect(seen.map(({ kind }) => kind).toSorted()).toEqual(['clock_drift', 'rule_broken'])
})
