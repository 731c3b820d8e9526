import type { Locale } from '../domain/locale.ts'
import type { Fen } from '../domain/money.ts'
import { formatPrice } from '../i18n/format-price.ts'
import { formatTime } from '../i18n/format-time.ts'
import { translator } from '../i18n/translator.ts'
import type { ProviderName } from '../payments/port.ts'
import { type MessageField, readMessage } from './read-message.ts'
import { sayEvent, sayReason, sayState } from './say-event.ts'

type Told = { readonly provider: ProviderName; readonly source: string }

/** What the database has about an order, as far as its timeline tells it. */
export type TimelineFacts = {
  readonly events: readonly {
    readonly id: bigint
    readonly axis: string
    readonly event: string
    readonly toState: string
    readonly actor: string
    readonly reason: string | null
    readonly at: Date
  }[]
  readonly messages: readonly (Told & {
    readonly id: bigint
    readonly verdict: 'accepted' | 'refused'
    readonly reason: string | null
    readonly body: Uint8Array
    readonly headers: Readonly<Record<string, string>>
    readonly receivedAt: Date
  })[]
  readonly money: readonly (Told & {
    readonly id: bigint
    readonly eventId: string
    readonly outcome: string
    readonly providerTradeNo: string
    readonly amountFen: Fen | null
    readonly occurredAt: Date
    readonly recordedAt: Date
  })[]
  readonly billed: readonly {
    readonly provider: ProviderName
    readonly day: string
    readonly line: number
    readonly kind: 'payment' | 'refund'
    readonly state: string
    readonly amountFen: Fen
    readonly feeFen: Fen
    readonly completedAt: Date
  }[]
  readonly incidents: readonly (Told & {
    readonly id: string
    readonly kind: string
    readonly providerCode: string | null
    readonly reportedFen: Fen
    readonly openedAt: Date
    readonly settledAt: Date | null
  })[]
}

export type TimelineItem = {
  readonly key: string
  readonly at: Date
  readonly time: string
  readonly title: string
  /** Who did it, or how we heard of it. */
  readonly by: string
  readonly tone: 'plain' | 'good' | 'bad'
  /** The evidence: what was stored, name by name. */
  readonly evidence: readonly MessageField[]
}

/** What happened to an order and what shows it, newest first. @param nameOf says who an actor is. */
export function orderTimeline(
  { events, messages, money, billed, incidents }: TimelineFacts,
  locale: Locale,
  nameOf: (actor: string) => string,
): readonly TimelineItem[] {
  const t = translator(locale)
  const price = (amount: Fen | null) => (amount === null ? '' : formatPrice(amount, locale))
  const heard = ({ provider, source }: Told) =>
    `${t(`order.provider.${provider}`)} · ${t(`officeOrder.source.${source as 'notify'}`)}`
  const item = (at: Date, rest: Omit<TimelineItem, 'at' | 'time'>): TimelineItem => ({
    ...rest,
    at,
    time: formatTime(at, locale),
    evidence: rest.evidence.filter(({ value }) => value !== ''),
  })
  const field = (name: Parameters<typeof named>[0], value: string | null) => ({ name: named(name), value: value ?? '' })
  const named = (name: 'reason' | 'state' | 'amount' | 'number' | 'event' | 'recorded' | 'fee' | 'line' | 'settled') =>
    t(`officeOrder.evidence.${name}`)

  return [
    ...events.map(({ id, axis, event, toState, actor, reason, at }) =>
      item(at, {
        key: `event-${id}`,
        title: sayEvent(event, locale),
        by: nameOf(actor),
        tone: 'plain',
        evidence: [
          field('state', sayState(axis, toState, locale)),
          field('reason', reason && sayReason(reason, locale)),
        ],
      }),
    ),
    ...messages.map((message) =>
      item(message.receivedAt, {
        key: `message-${message.id}`,
        title: t(`officeOrder.message.${message.verdict}`),
        by: heard(message),
        tone: message.verdict === 'accepted' ? 'plain' : 'bad',
        evidence: [field('reason', message.reason), ...readMessage(message.body, message.headers)],
      }),
    ),
    ...money.map((event) =>
      item(event.occurredAt, {
        key: `money-${event.id}`,
        title: t(`officeOrder.moneyEvent.${event.outcome as 'captured'}`, { amount: price(event.amountFen) }),
        by: heard(event),
        tone: event.outcome === 'captured' || event.outcome === 'refunded' ? 'good' : 'bad',
        evidence: [
          field('number', event.providerTradeNo),
          field('event', event.eventId),
          field('recorded', formatTime(event.recordedAt, locale)),
        ],
      }),
    ),
    ...billed.map((line) =>
      item(line.completedAt, {
        key: `bill-${line.provider}-${line.day}-${line.line}`,
        title: t(`officeOrder.bill.${line.kind}`, { amount: price(line.amountFen), day: line.day }),
        by: t(`order.provider.${line.provider}`),
        tone: line.state === 'failed' ? 'bad' : 'plain',
        evidence: [field('state', line.state), field('fee', price(line.feeFen)), field('line', String(line.line))],
      }),
    ),
    ...incidents.map((incident) =>
      item(incident.openedAt, {
        key: `incident-${incident.id}`,
        title: t('officeOrder.incident', { kind: t(`officeOrder.incidents.${incident.kind as 'disputed_amount'}`) }),
        by: heard(incident),
        tone: incident.settledAt ? 'plain' : 'bad',
        evidence: [
          field('amount', price(incident.reportedFen)),
          field('reason', incident.providerCode),
          field('settled', incident.settledAt && formatTime(incident.settledAt, locale)),
        ],
      }),
    ),
  ].sort((a, b) => b.at.getTime() - a.at.getTime())
}
