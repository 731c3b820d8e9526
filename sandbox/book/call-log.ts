import type { Clock } from '../clock.ts'
import type { Struck } from '../faults/fault-rules.ts'
import type { Book, Row } from './open-book.ts'

/** `calls`: what each gateway was asked and what it answered, for looking at; the oldest go when a sandbox starts. */
export const CALL_TABLES = `
  create table if not exists calls (
    seq integer primary key,
    gateway text not null,
    called_at integer not null,
    method text not null,
    target text,
    answered text not null,
    faults text not null
  ) strict;
  create index if not exists calls_gateway on calls (gateway, seq);
`

export interface Call {
  readonly method: string
  /** The merchant's number of what it was about, where one can be told. */
  readonly target: string | null
  /** The protocol's word for the outcome, or the fault that answered instead. */
  readonly answered: string
  readonly struck: Struck
}

export interface CallLog {
  keep(call: Call): void
  /** Newest first. */
  list(): Row[]
}

const CALLS_KEPT = 10_000
const CALLS_LISTED = 500

export function openCallLog(book: Book, clock: Clock, gateway: string): CallLog {
  book.run(
    'delete from calls where gateway = ? and seq <= (select max(seq) from calls where gateway = ?) - ?',
    gateway,
    gateway,
    CALLS_KEPT,
  )
  return {
    keep: ({ method, target, answered, struck }) =>
      book.run(
        'insert into calls (gateway, called_at, method, target, answered, faults) values (?, ?, ?, ?, ?, ?)',
        gateway,
        clock.now(),
        method.slice(0, 128),
        target?.slice(0, 64) ?? null,
        answered,
        [...struck.keys()].join(' '),
      ),
    list: () => book.all('select * from calls where gateway = ? order by seq desc limit ?', gateway, CALLS_LISTED),
  }
}
