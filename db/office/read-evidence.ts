import 'server-only'
import { asc, eq, inArray, or } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { isPaymentIncidentKind } from '#lib/domain/risk/incident-kinds.ts'
import { db } from '../client.ts'
import { incidents as allIncidents } from '../incidents/schema.ts'
import { journals, ledgerEntries } from '../ledger/schema.ts'
import { paymentAttempts, paymentEvents, paymentMessages, payments } from '../payments/schema.ts'
import { billLines } from '../reconciliation/schema.ts'
import { refundRequests, refunds } from '../refunds/schema.ts'

/** A flood of forged messages about one payment is no reason to read all of them for a page. */
const MESSAGES_AT_MOST = 40

export type Evidence = Awaited<ReturnType<typeof readEvidence>>

/**
 * All that we were told about the money of an order and what we made of it: attempts, messages as they came with what
 * we thought of them, events with their source, refunds, bill lines, incidents and journals.
 */
export async function readEvidence(_permit: Permit<'orders.read'>, orderId: string) {
  const attempts = await db
    .select({ attempt: paymentAttempts })
    .from(paymentAttempts)
    .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(paymentAttempts.sequence))
    .then((rows) => rows.map(({ attempt: { action: _action, ...attempt } }) => attempt))
  const ids = attempts.map(({ id }) => id)
  const numbers = attempts.map(({ outTradeNo }) => outTradeNo)
  const [back, booked] = await Promise.all([listRefunds(orderId), listJournals(orderId)])
  const refundNumbers = back.map(({ refundNo }) => refundNo)
  const [messages, events, incidents, billed] = await Promise.all([
    db
      .select()
      .from(paymentMessages)
      .where(inArray(paymentMessages.outTradeNo, numbers))
      .orderBy(asc(paymentMessages.id))
      .limit(MESSAGES_AT_MOST),
    db.select().from(paymentEvents).where(inArray(paymentEvents.attemptId, ids)).orderBy(asc(paymentEvents.id)),
    db.select().from(allIncidents).where(inArray(allIncidents.attemptId, ids)),
    db
      .select()
      .from(billLines)
      .where(or(inArray(billLines.outTradeNo, numbers), inArray(billLines.refundNo, refundNumbers)))
      .orderBy(asc(billLines.completedAt)),
  ])
  const told = incidents.flatMap((incident) => {
    const attempt = attempts.find(({ id }) => id === incident.attemptId)
    const { kind, reportedFen, source } = incident
    if (!attempt || !isPaymentIncidentKind(kind) || reportedFen === null || source === null) return []
    return [{ ...incident, kind, reportedFen, source, provider: attempt.provider }]
  })
  return { attempts, messages, events, incidents: told, billed, refunds: back, journals: booked }
}

/** Each request for money back with each try to pay it out. */
const listRefunds = (orderId: string) =>
  db
    .select({
      refundNo: refunds.refundNo,
      state: refunds.state,
      amountFen: refunds.amountFen,
      providerCode: refunds.providerCode,
      refundedAt: refunds.refundedAt,
      cause: refundRequests.cause,
      reason: refundRequests.reason,
      actor: refundRequests.actor,
      requestedAt: refundRequests.requestedAt,
    })
    .from(refunds)
    .innerJoin(refundRequests, eq(refundRequests.id, refunds.requestId))
    .where(eq(refundRequests.orderId, orderId))
    .orderBy(asc(refundRequests.requestedAt), asc(refunds.sequence))

async function listJournals(orderId: string) {
  const rows = await db
    .select({
      id: journals.id,
      kind: journals.kind,
      bookedAt: journals.bookedAt,
      account: ledgerEntries.account,
      amountFen: ledgerEntries.amountFen,
    })
    .from(journals)
    .innerJoin(ledgerEntries, eq(ledgerEntries.journalId, journals.id))
    .where(eq(journals.orderId, orderId))
    .orderBy(asc(journals.bookedAt), asc(journals.id), asc(ledgerEntries.id))
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, entries: [first, ...others].map(({ account, amountFen }) => ({ account, amountFen })) }] : [],
  )
}
