import { type Book, instant, instantOrNull, type Row, text, whole } from '../book/open-book.ts'
import type { Clock } from '../clock.ts'
import { WHEN_QUEUED } from '../faults/fault-kinds.ts'
import type { FaultRules } from '../faults/fault-rules.ts'

/**
 * `notifications`: one row per thing that a merchant must be told, written in the transaction that made it true and
 * drained by the notifier; `next_at` null means that nothing more will be sent. `deliveries`: one row per sending, kept.
 */
export const NOTIFIER_TABLES = `
  create table if not exists notifications (
    id text primary key,
    gateway text not null,
    target text not null,
    url text not null,
    payload text not null,
    state text not null check (state in ('waiting', 'acknowledged', 'given_up', 'lost')),
    attempts integer not null default 0,
    next_at integer,
    held integer not null default 0,
    created_at integer not null
  ) strict;
  create index if not exists notifications_due on notifications (next_at) where next_at is not null;
  create table if not exists deliveries (
    seq integer primary key,
    notification_id text not null references notifications,
    attempt integer not null,
    sent_at integer not null,
    outcome text not null check (outcome in ('acknowledged', 'refused', 'no_answer', 'dropped')),
    status integer,
    answer text not null,
    faults text not null,
    sent text not null
  ) strict;
`

export type NotificationState = 'waiting' | 'acknowledged' | 'given_up' | 'lost'

export interface Notification {
  readonly id: string
  readonly gateway: string
  readonly target: string
  readonly url: string
  /** What the gateway's channel needs to write the message, as JSON. */
  readonly payload: string
  readonly state: string
  readonly attempts: number
  readonly nextAt: number | null
  readonly held: boolean
  readonly createdAt: number
}

export interface Delivery {
  readonly notificationId: string
  readonly attempt: number
  readonly sentAt: number
  readonly outcome: 'acknowledged' | 'refused' | 'no_answer' | 'dropped'
  readonly status: number | null
  readonly answer: string
  readonly faults: string
  /** The body as it went out. */
  readonly sent: string
}

export interface NotificationQueue {
  /** Call it inside the transaction of the change that it tells. */
  add(order: { id: string; gateway: string; target: string; url: string; payload: string }): void
}

/** A held notification goes on its own after this, should no other come to overtake it. */
const HELD_AT_MOST_MS = 60_000

export function createNotificationQueue(deps: {
  book: Book
  clock: Clock
  faults: FaultRules
  onAdded: () => void
}): NotificationQueue {
  const { book, clock, faults } = deps
  return {
    add({ id, gateway, target, url, payload }) {
      const struck = faults.take({ gateway, point: 'notify', target, looksAt: (kind) => WHEN_QUEUED.includes(kind) })
      const now = clock.now()
      const held = struck.has('reorder')
      const lost = struck.has('lose')
      const nextAt = now + (struck.get('delay') ?? 0) + (held ? HELD_AT_MOST_MS : 0)
      book.run(
        `insert into notifications (id, gateway, target, url, payload, state, next_at, held, created_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        gateway,
        target,
        url,
        payload,
        lost ? 'lost' : 'waiting',
        lost ? null : nextAt,
        held ? 1 : 0,
        now,
      )
      deps.onAdded()
    },
  }
}

export const readNotification = (row: Row): Notification => ({
  id: text(row, 'id'),
  gateway: text(row, 'gateway'),
  target: text(row, 'target'),
  url: text(row, 'url'),
  payload: text(row, 'payload'),
  state: text(row, 'state'),
  attempts: Number(whole(row, 'attempts')),
  nextAt: instantOrNull(row, 'next_at'),
  held: whole(row, 'held') === 1n,
  createdAt: instant(row, 'created_at'),
})

export function listNotifications(book: Book, filter: { target?: string | undefined; limit: number }): Notification[] {
  const { target = null, limit } = filter
  return book
    .all('select * from notifications where ? is null or target = ? order by rowid desc limit ?', target, target, limit)
    .map(readNotification)
}

/** Newest first, with the notification's target. */
export function listDeliveries(book: Book, filter: { target?: string | undefined; limit: number }): Row[] {
  const { target = null, limit } = filter
  return book.all(
    `select d.*, n.target, n.gateway, n.url from deliveries d join notifications n on n.id = d.notification_id
     where ? is null or n.target = ? order by d.seq desc limit ?`,
    target,
    target,
    limit,
  )
}
