export const SEVERITIES = ['high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

type Kind = {
  readonly severity: Severity
  /** True for what passes: the incident settles itself once nobody sees it any more. The others wait for a person. */
  readonly passes: boolean
}

/** Reports about a payment that can't be right: as long as one is open, its sums are not believed. */
export const DISPUTE_KINDS = ['disputed_amount', 'disputed_currency', 'disputed_other_trade', 'refund_unasked'] as const
/** Money that should go back and does not by itself. */
export const REFUND_INCIDENT_KINDS = ['refund_failed', 'refund_abnormal'] as const
/** Kinds about one attempt to pay, opened in the very transaction that finds them and one for each report. */
export const PAYMENT_INCIDENT_KINDS = [...DISPUTE_KINDS, ...REFUND_INCIDENT_KINDS] as const
export type PaymentIncidentKind = (typeof PAYMENT_INCIDENT_KINDS)[number]

/** All that the shop calls a person for. The words of each stand in `incidents.json`, what to do in `docs/operations.md`. */
export const INCIDENT_KINDS = {
  disputed_amount: { severity: 'high', passes: false },
  disputed_currency: { severity: 'high', passes: false },
  disputed_other_trade: { severity: 'high', passes: false },
  refund_unasked: { severity: 'high', passes: false },
  refund_failed: { severity: 'high', passes: false },
  refund_abnormal: { severity: 'high', passes: false },
  /** Of earlier releases, which told of each dispute a second time; none is opened any more. */
  report_disputed: { severity: 'high', passes: true },
  paid_twice: { severity: 'medium', passes: false },
  paid_after_end: { severity: 'medium', passes: false },
  messages_forged: { severity: 'high', passes: true },
  sender_unlisted: { severity: 'medium', passes: true },
  provider_silent: { severity: 'high', passes: true },
  provider_slow: { severity: 'medium', passes: true },
  provider_paused: { severity: 'high', passes: false },
  method_failing: { severity: 'high', passes: true },
  order_held: { severity: 'medium', passes: false },
  source_slowed: { severity: 'medium', passes: true },
  notifications_missing: { severity: 'medium', passes: true },
  refunds_unusual: { severity: 'high', passes: true },
  refund_pending: { severity: 'medium', passes: true },
  orders_from_one_place: { severity: 'medium', passes: false },
  coupon_burst: { severity: 'medium', passes: true },
  stock_negative: { severity: 'medium', passes: true },
  /** Seen by the web processes, which also tell of it: nobody else is there to. */
  worker_silent: { severity: 'high', passes: true },
  queue_late: { severity: 'high', passes: true },
  jobs_dead: { severity: 'high', passes: false },
  clock_drift: { severity: 'high', passes: true },
  setup_doubtful: { severity: 'high', passes: true },
  books_unsound: { severity: 'high', passes: false },
  bill_differs: { severity: 'medium', passes: true },
  backup_old: { severity: 'high', passes: true },
  drill_old: { severity: 'low', passes: true },
  rule_broken: { severity: 'medium', passes: true },
} as const satisfies Record<string, Kind>

export type IncidentKind = keyof typeof INCIDENT_KINDS
export const INCIDENT_KIND_NAMES = Object.keys(INCIDENT_KINDS) as [IncidentKind, ...IncidentKind[]]

/** Whether it is about one attempt to pay, and a row of the payment's own. */
export const isPaymentIncidentKind = (kind: IncidentKind): kind is PaymentIncidentKind =>
  PAYMENT_INCIDENT_KINDS.some((known) => known === kind)

/** Names with values, both ready to be read: what a person needs to see for themselves. */
export type Evidence = Readonly<Record<string, string | number>>

/** Something that a rule saw. */
export type Sighting = {
  readonly kind: IncidentKind
  /** What it is about: `provider:alipay`, `order:2611…`; empty for the shop as a whole. One incident for each. */
  readonly subject: string
  /** Tells this sighting from others of the same matter, so that it is counted once; null for a state that lasts. */
  readonly occurrence: string | null
  readonly evidence: Evidence
  /** True where the shop did something about it by itself. */
  readonly acted?: boolean
}
