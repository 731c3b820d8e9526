import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import { type Fen, toYuan } from '#lib/domain/money.ts'
import { INCIDENT_KINDS, type PaymentIncidentKind } from '#lib/domain/risk/incident-kinds.ts'
import type { Transaction } from '../client.ts'
import type { Book } from '../payments/lock-book.ts'
import type { EVENT_SOURCES } from '../payments/schema.ts'
import { incidentSteps, incidents } from './schema.ts'
import { settleOpen } from './settle-open.ts'
import { tellOfIncident } from './tell-of-incident.ts'

export type ReportedTrouble = {
  readonly kind: PaymentIncidentKind
  /** The provider's event; for a refund its number. */
  readonly eventId: string
  readonly providerCode: string | null
  readonly providerTradeNo: string
  readonly reported: Fen
  readonly currency: string
  readonly source: (typeof EVENT_SOURCES)[number]
  /** True for what is told again when it comes back after somebody settled it. */
  readonly mayReopen: boolean
}

/**
 * Calls a person to an attempt, under the locks of `lockBook`, in the transaction of what was found. The same report is
 * told once.
 * @returns false when they were called to the same before.
 */
export async function openReport(tx: Transaction, { attempt, order }: Book, report: ReportedTrouble): Promise<boolean> {
  const { kind, eventId, reported, currency, mayReopen } = report
  const same = and(
    eq(incidents.attemptId, attempt.id),
    eq(incidents.kind, kind),
    eq(incidents.eventId, eventId),
    eq(incidents.reportedFen, reported),
    eq(incidents.reportedCurrency, currency),
  )
  const [known] = await tx.select().from(incidents).where(same)
  const now = new Date()
  if (known) {
    if (!mayReopen) return false
    await tx.update(incidents).set({ providerCode: report.providerCode, settledAt: null, lastSeenAt: now }).where(same)
    if (known.settledAt) await beginAnew(tx, known.id, now)
    return true
  }
  const [opened] = await tx
    .insert(incidents)
    .values({
      kind,
      subject: `order:${order.number}`,
      severity: INCIDENT_KINDS[kind].severity,
      evidence: {
        provider: attempt.provider,
        attempt: attempt.outTradeNo,
        trade: report.providerTradeNo,
        event: eventId,
        reported: `${toYuan(reported)} ${currency}`,
        asked: `${toYuan(attempt.amountFen)} ${attempt.currency}`,
        source: report.source,
        ...(report.providerCode && { code: report.providerCode }),
      },
      openedAt: now,
      lastSeenAt: now,
      attemptId: attempt.id,
      eventId,
      providerCode: report.providerCode,
      providerTradeNo: report.providerTradeNo,
      reportedFen: reported,
      reportedCurrency: currency,
      source: report.source,
    })
    .returning({ id: incidents.id })
  if (!opened) throw new Error('a row that was inserted did not come back')
  await beginAnew(tx, opened.id, now)
  return true
}

async function beginAnew(tx: Transaction, incidentId: string, at: Date): Promise<void> {
  await tx.insert(incidentSteps).values({ incidentId, step: 'opened', actor: 'system', at })
  await tellOfIncident(tx, incidentId)
}

/** Ends what turned out well by itself, of an attempt's open incidents. */
export async function passReports(
  tx: Transaction,
  which: { readonly attemptId: string; readonly kinds: readonly PaymentIncidentKind[]; readonly eventId?: string },
  at: Date,
): Promise<void> {
  const { attemptId, kinds, eventId } = which
  const theirs = and(
    eq(incidents.attemptId, attemptId),
    inArray(incidents.kind, [...kinds]),
    eventId === undefined ? undefined : eq(incidents.eventId, eventId),
  )
  await settleOpen(tx, theirs, { step: 'passed', actor: 'system' }, at)
}
