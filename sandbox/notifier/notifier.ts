import { type Book, instantOrNull } from '../book/open-book.ts'
import type { Clock } from '../clock.ts'
import { WHEN_QUEUED } from '../faults/fault-kinds.ts'
import type { FaultRules, Struck } from '../faults/fault-rules.ts'
import type { Pace } from '../pace.ts'
import { type Delivery, type Notification, readNotification } from './notification-queue.ts'
import type { Message, Send, SendResult } from './send.ts'

/** What differs between gateways: how long they wait between tries, what they write, what they take for an answer. */
export interface Channel {
  readonly retryDelaysMs: readonly number[]
  write(notification: Notification, now: number, struck: Struck): Message
  acknowledges(answer: { status: number; body: string }): boolean
}

export interface Notifier {
  /** Sends all that is due now, at once, and waits for the answers. @returns how many were sent */
  runDue(): Promise<number>
  nextDueAt(): number | null
  resend(id: string): void
}

interface Deps {
  readonly book: Book
  readonly clock: Clock
  readonly faults: FaultRules
  readonly channels: Readonly<Record<string, Channel>>
  readonly send: Send
  readonly pace: Pace
}

const AT_ONCE = 50
/** Longer than a sending can take: a sandbox killed in the middle of one takes it up again after this. */
const LEASE_MS = 20_000

export function createNotifier(deps: Deps): Notifier {
  const { book, clock } = deps
  const inFlight = new Set<string>()

  const due = (): Notification[] =>
    book
      .all('select * from notifications where next_at <= ? order by next_at, rowid limit ?', clock.now(), AT_ONCE)
      .map(readNotification)
      .filter((notification) => !inFlight.has(notification.id))

  return {
    async runDue() {
      const batch = due()
      for (const { id } of batch) {
        inFlight.add(id)
        book.run('update notifications set next_at = ? where id = ?', clock.now() + LEASE_MS, id)
      }
      await Promise.all(
        batch.map((notification) => deliver(deps, notification).finally(() => inFlight.delete(notification.id))),
      )
      return batch.length
    },
    nextDueAt() {
      const row = book.get('select min(next_at) as next_at from notifications where next_at is not null')
      return row ? instantOrNull(row, 'next_at') : null
    },
    resend: (id) =>
      book.run("update notifications set state = 'waiting', next_at = ?, held = 0 where id = ?", clock.now(), id),
  }
}

async function deliver(deps: Deps, notification: Notification): Promise<void> {
  const { book, clock, faults } = deps
  const channel = deps.channels[notification.gateway]
  if (!channel) throw new Error(`No gateway ${notification.gateway} writes notifications`)

  const sentAt = clock.now()
  const struck = faults.take({
    gateway: notification.gateway,
    point: 'notify',
    target: notification.target,
    looksAt: (kind) => !WHEN_QUEUED.includes(kind),
  })
  const message = channel.write(notification, sentAt, struck)
  const copies = struck.has('drop') ? 0 : 1 + (struck.get('repeat') ?? 0)
  const results = await Promise.all(Array.from({ length: copies }, () => deps.send(notification.url, message)))

  const attempt = notification.attempts + 1
  const outcomes = results.map((result) => ({ ...result, outcome: judge(channel, result) }))
  const acknowledged = outcomes.some(({ outcome }) => outcome === 'acknowledged')
  const wait = channel.retryDelaysMs[attempt - 1]
  const nextAt = acknowledged || wait === undefined ? null : sentAt + deps.pace.shorten(wait)
  book.transaction(() => {
    const common = { notificationId: notification.id, attempt, sentAt, sent: message.body, faults: nameAll(struck) }
    if (copies === 0) keep(book, { ...common, outcome: 'dropped', status: null, answer: '' })
    for (const { outcome, status, body } of outcomes)
      keep(book, { ...common, outcome, status, answer: body.slice(0, 300) })
    book.run(
      'update notifications set attempts = ?, state = ?, next_at = ?, held = 0 where id = ?',
      attempt,
      acknowledged ? 'acknowledged' : nextAt === null ? 'given_up' : 'waiting',
      nextAt,
      notification.id,
    )
    // What was held back to be overtaken has now been.
    book.run(
      'update notifications set held = 0, next_at = ? where held = 1 and gateway = ? and id <> ?',
      clock.now(),
      notification.gateway,
      notification.id,
    )
  })
}

function judge(channel: Channel, { status, body }: SendResult): Delivery['outcome'] {
  if (status === null) return 'no_answer'
  return channel.acknowledges({ status, body }) ? 'acknowledged' : 'refused'
}

const nameAll = (struck: Struck): string =>
  Array.from(struck, ([kind, value]) => (value === 0 ? kind : `${kind}(${value})`)).join(' ')

function keep(book: Book, delivery: Delivery): void {
  book.run(
    `insert into deliveries (notification_id, attempt, sent_at, outcome, status, answer, faults, sent)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    delivery.notificationId,
    delivery.attempt,
    delivery.sentAt,
    delivery.outcome,
    delivery.status,
    delivery.answer,
    delivery.faults,
    delivery.sent,
  )
}
