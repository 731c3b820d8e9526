import { beforeAll, expect, test } from 'vitest'
import { toFen } from '#lib/domain/money.ts'
import { staffActor } from '#lib/domain/permissions.ts'
import type { Finding } from '#lib/domain/reconciliation.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { workIncident } from '../incidents/work-incident.ts'
import { recordUnaskedRefund } from '../payments/record-unasked-refund.ts'
import { checkBooks } from '../testing/check-books.ts'
import { type PaidOrder, placePaid } from '../testing/paid-order.ts'
import { permitFor } from '../testing/permit-for.ts'
import { bookConsoleRefund } from './book-console-refund.ts'
import { correctDifference, explainDifference } from './decide-difference.ts'

const CUP = 'CPT-TC65-CEL'
const DAY = '2026-11-10'
const mayReconcile = permitFor('payments.reconcile')
const mayWork = permitFor('incidents.work')
const why = { reason: 'told by the provider’s support', ip: '127.0.0.1' }

/** What a matching would have written about one line of a bill. */
async function plant(finding: Finding, { attemptId, orderId }: PaidOrder, amount: bigint) {
  const [row] = await sql<[{ line: number }]>`
    select coalesce(max(line), 0) + 1 as line from bill_lines where provider = 'alipay' and day = ${DAY}`
  const refundNo = `CONSOLE${row.line}`
  await sql`
    insert into bill_lines (provider, day, line, kind, state, provider_trade_no, refund_no, amount_fen, fee_fen, completed_at)
    values ('alipay', ${DAY}, ${row.line}, ${finding.startsWith('refund') ? 'refund' : 'payment'}, 'done', 'trade',
      ${refundNo}, ${amount.toString()}, 0, '2026-11-10T04:00:00Z')`
  const [difference] = await sql<[{ id: string }]>`
    insert into bill_differences (provider, day, finding, kind, proposal, subject, line, attempt_id, order_id, billed_fen,
      state, opened_at, seen_at)
    values ('alipay', ${DAY}, ${finding}, 'missing_here', 'look', ${refundNo}, ${row.line}, ${attemptId}, ${orderId},
      ${amount.toString()}, 'open', now(), now())
    returning id`
  return { id: difference.id, refundNo }
}
const stateOf = async (id: string) =>
  (await sql`select state, resolution, settled_by, note from bill_differences where id = ${id}`)[0]
const logOf = (id: string) =>
  sql`select actor, action, reason from audit_log where about_kind in ('difference', 'incident') and about_id = ${id}`

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  await sql`insert into bill_days (provider, day, state, matched_at) values ('alipay', ${DAY}, 'matched', now())`
})

test('a difference is explained once, with its reason and a line in the log', async () => {
  const { id } = await plant('payment_foreign', await placePaid({ [CUP]: 1 }), 500n)
  const both = await Promise.all([explainDifference(mayReconcile, id, why), explainDifference(mayReconcile, id, why)])
  expect(both.map((decided) => (decided.ok ? 'done' : decided.error.code)).toSorted()).toEqual([
    'done',
    'settled_before',
  ])
  const actor = 'staff:mei'
  expect(await stateOf(id)).toEqual({ state: 'settled', resolution: 'explained', settled_by: actor, note: why.reason })
  expect([...(await logOf(id))]).toEqual([{ actor, action: 'payments.reconcile', reason: why.reason }])
})

test('a correction is one journal between two accounts, and leaves the books sound', async () => {
  const { id } = await plant('payment_fee', await placePaid({ [CUP]: 1 }), 500n)
  const correction = { debit: 'suspense', credit: 'clearing', amount: toFen(7n) } as const
  expect(await correctDifference(mayReconcile, id, { ...correction, credit: 'suspense' }, why)).toMatchObject({
    error: { code: 'same_account' },
  })
  expect((await correctDifference(mayReconcile, id, correction, why)).ok).toBe(true)
  expect(await correctDifference(mayReconcile, id, correction, why)).toMatchObject({
    error: { code: 'settled_before' },
  })
  expect(
    await sql`
      select account, amount_fen from journals join ledger_entries on journal_id = journals.id
      where reference = ${`bill_difference:${id}`} order by amount_fen`,
  ).toMatchObject([
    { account: 'clearing', amount_fen: '-7' },
    { account: 'suspense', amount_fen: '7' },
  ])
  expect(await checkBooks()).toEqual([])
})

test('a refund made at the provider’s console is taken into the books, sends nothing and ends its incident', async () => {
  const paid = await placePaid({ [CUP]: 2 })
  await recordUnaskedRefund({
    provider: 'alipay',
    outTradeNo: paid.outTradeNo,
    providerTradeNo: `trade-${paid.outTradeNo}`,
    refundedTotal: toFen(300n),
    source: 'notify',
  })
  const { id, refundNo } = await plant('refund_foreign', paid, 300n)
  await sql`delete from pgboss.job where name = 'pursue-refund'`

  expect(await bookConsoleRefund(mayReconcile, id, why)).toEqual({ ok: true, value: null })
  expect(await bookConsoleRefund(mayReconcile, id, why)).toMatchObject({ error: { code: 'settled_before' } })
  expect(
    await sql`select state, refunded_fen, refunding_fen from payments where order_id = ${paid.orderId}`,
  ).toMatchObject([{ state: 'partially_refunded', refunded_fen: '300', refunding_fen: '0' }])
  expect(await sql`select state, amount_fen from refunds where refund_no = ${refundNo}`).toMatchObject([
    { state: 'succeeded', amount_fen: '300' },
  ])
  expect(await sql`select from pgboss.job where name = 'pursue-refund'`).toHaveLength(0)
  expect(await sql`select from incidents where attempt_id = ${paid.attemptId} and settled_at is null`).toHaveLength(0)
  expect(await stateOf(id)).toMatchObject({ resolution: 'corrected' })
  expect(await checkBooks()).toEqual([])
})

test('what cannot be a refund of sales is refused, and nothing is written', async () => {
  const paid = await placePaid({ [CUP]: 1 })
  const tooMuch = await plant('refund_foreign', paid, paid.paid + 1n)
  expect(await bookConsoleRefund(mayReconcile, tooMuch.id, why)).toMatchObject({ error: { code: 'over_rest' } })

  const payment = await plant('payment_foreign', paid, 100n)
  expect(await bookConsoleRefund(mayReconcile, payment.id, why)).toMatchObject({ error: { code: 'not_a_refund' } })
  expect(await stateOf(tooMuch.id)).toMatchObject({ state: 'open' })
  expect(await checkBooks()).toEqual([])
})

test('an incident has an owner and a history, and a payment leaves its review when the last one is settled', async () => {
  const paid = await placePaid({ [CUP]: 1 })
  const { outTradeNo } = paid
  await recordUnaskedRefund({
    provider: 'alipay',
    outTradeNo,
    providerTradeNo: 't',
    refundedTotal: toFen(9n),
    source: 'query',
  })
  const [incident] = await sql<[{ id: string }]>`
    select id from incidents where attempt_id = ${paid.attemptId}`
  const work = (act: 'taken' | 'noted' | 'settled', words: string | null) =>
    workIncident(mayWork, { incidentId: incident.id, step: act, note: words, ip: '127.0.0.1' })

  expect((await work('taken', null)).ok).toBe(true)
  expect(await work('settled', null)).toMatchObject({ error: { code: 'no_reason' } })
  expect((await work('noted', 'asked the provider')).ok).toBe(true)
  expect(await sql`select state from payments where order_id = ${paid.orderId}`).toMatchObject([{ state: 'review' }])
  expect((await work('settled', 'a test of theirs')).ok).toBe(true)
  expect(await work('noted', 'too late')).toMatchObject({ error: { code: 'not_open' } })
  expect(await sql`select state from payments where order_id = ${paid.orderId}`).toMatchObject([{ state: 'paid' }])
  expect(
    await sql`select step, actor, note from incident_steps where incident_id = ${incident.id} order by id`,
  ).toMatchObject([
    { step: 'opened', actor: 'system' },
    { step: 'taken', actor: staffActor(mayWork) },
    { step: 'noted', note: 'asked the provider' },
    { step: 'settled', note: 'a test of theirs' },
  ])
  expect(await logOf(incident.id)).toHaveLength(3)
})
