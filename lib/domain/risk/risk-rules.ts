import type { IncidentKind, Sighting } from './incident-kinds.ts'
import type { RiskFacts } from './risk-facts.ts'

/** Where habit ends. Counts and times are those of the facts that they are compared with. */
export const RISK_LIMITS = {
  refusedMessages: { atLeast: 10, timesUsual: 5 },
  unansweredCalls: { atLeast: 3, share: 0.5 },
  slowCallMs: 5_000,
  foundByQuery: { atLeast: 5, share: 0.5 },
  refunds: { atLeast: 10, timesUsual: 3 },
  crowd: { orders: 8, unpaid: 5 },
  couponUses: 30,
  queueS: 60,
  clockDriftMs: 2_000,
  backupHours: 26,
  drillHours: 8 * 24,
} as const

type Rule = (facts: RiskFacts) => readonly Omit<Sighting, 'kind'>[]
const provider = (name: string) => `provider:${name}`
const lasting = null
/** The hour of a count, so that a surge which goes on for hours counts each of them. */
const hourOf = (now: Date) => now.toISOString().slice(0, 13)

/** What each kind of incident is seen by. Kinds that are raised where they happen have none. */
export const RISK_RULES: Readonly<Partial<Record<IncidentKind, Rule>>> = {
  paid_twice: ({ unowed }) => unowedAs(unowed, 'surplus'),
  paid_after_end: ({ unowed }) => unowedAs(unowed, 'late'),
  messages_forged: ({ refusedMessages, now }) =>
    refusedMessages
      .filter(({ lately, before }) => {
        const { atLeast, timesUsual } = RISK_LIMITS.refusedMessages
        return lately >= atLeast && lately >= (timesUsual * before) / 6
      })
      .map(({ provider: name, ...evidence }) => ({ subject: provider(name), occurrence: hourOf(now), evidence })),
  sender_unlisted: ({ unlistedSenders, now }) =>
    unlistedSenders.map(({ provider: name, ...evidence }) => ({
      subject: provider(name),
      occurrence: `${evidence.address} ${hourOf(now)}`,
      evidence,
    })),
  provider_silent: ({ calls }) =>
    calls
      .filter(({ made, unanswered }) => {
        const { atLeast, share } = RISK_LIMITS.unansweredCalls
        return unanswered >= atLeast && unanswered >= share * made
      })
      .map(({ provider: name, ...evidence }) => ({
        subject: provider(name),
        occurrence: lasting,
        evidence,
        acted: true,
      })),
  provider_slow: ({ calls }) =>
    calls
      .filter(({ made, unanswered, slowestMs }) => made > unanswered && slowestMs >= RISK_LIMITS.slowCallMs)
      .map(({ provider: name, ...evidence }) => ({ subject: provider(name), occurrence: lasting, evidence })),
  notifications_missing: ({ heardBy }) =>
    heardBy
      .filter(({ byMessage, byQuery }) => {
        const { atLeast, share } = RISK_LIMITS.foundByQuery
        return byQuery >= atLeast && byQuery >= share * (byMessage + byQuery)
      })
      .map(({ provider: name, ...evidence }) => ({ subject: provider(name), occurrence: lasting, evidence })),
  refunds_unusual: ({ refunds }) => {
    const { atLeast, timesUsual } = RISK_LIMITS.refunds
    const unusual = refunds.lastDay >= atLeast && refunds.lastDay > timesUsual * refunds.usualDay
    return unusual ? [{ subject: '', occurrence: lasting, evidence: refunds }] : []
  },
  refund_pending: ({ pendingRefunds }) =>
    pendingRefunds.map((evidence) => ({ subject: `refund:${evidence.refundNo}`, occurrence: lasting, evidence })),
  orders_from_one_place: ({ crowds, now }) =>
    crowds
      .filter(({ orders, unpaid }) => orders >= RISK_LIMITS.crowd.orders || unpaid >= RISK_LIMITS.crowd.unpaid)
      .map((evidence) => ({ subject: evidence.what, occurrence: hourOf(now), evidence })),
  coupon_burst: ({ couponUses }) =>
    couponUses
      .filter(({ uses }) => uses >= RISK_LIMITS.couponUses)
      .map((evidence) => ({ subject: `coupon:${evidence.code}`, occurrence: lasting, evidence })),
  stock_negative: ({ negativeStock }) =>
    negativeStock.map((evidence) => ({ subject: `sku:${evidence.sku}`, occurrence: lasting, evidence })),
  queue_late: ({ queue }) =>
    queue.longestS > RISK_LIMITS.queueS ? [{ subject: '', occurrence: lasting, evidence: queue }] : [],
  jobs_dead: ({ deadJobs }) =>
    deadJobs.map((dead) => ({ subject: `job:${dead.name}`, occurrence: dead.id, evidence: dead })),
  clock_drift: ({ clockDriftMs }) =>
    Math.abs(clockDriftMs) > RISK_LIMITS.clockDriftMs
      ? [{ subject: '', occurrence: lasting, evidence: { clockDriftMs } }]
      : [],
  setup_doubtful: ({ doubts }) =>
    doubts.map(({ provider: name, found }) => ({ subject: provider(name), occurrence: lasting, evidence: { found } })),
  bill_differs: ({ billDifferences }) =>
    billDifferences.map((evidence) => ({
      subject: `bill:${evidence.provider}:${evidence.day}`,
      occurrence: lasting,
      evidence,
    })),
  backup_old: ({ backupHours }) => tooOld(backupHours, RISK_LIMITS.backupHours),
  drill_old: ({ drillHours }) => tooOld(drillHours, RISK_LIMITS.drillHours),
}

const unowedAs = (unowed: RiskFacts['unowed'], outcome: 'surplus' | 'late'): ReturnType<Rule> =>
  unowed
    .filter((money) => money.outcome === outcome)
    .map(({ eventId, order, provider: name, amount }) => ({
      subject: `order:${order}`,
      occurrence: `${name}:${eventId}`,
      evidence: { order, provider: name, amount },
    }))

const tooOld = (hours: number | null, most: number): ReturnType<Rule> =>
  hours !== null && hours > most ? [{ subject: '', occurrence: lasting, evidence: { hours: Math.round(hours) } }] : []
