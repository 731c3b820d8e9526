import { byNobody, type Guard } from './guard.ts'

const SECOND_WALL = 'The code does not come to it: it is there for code that is written wrongly one day.'

/** What the database itself refuses. */
export const DATABASE_GUARDS: readonly Guard[] = [
  {
    name: 'stock-is-never-below-what-is-held',
    against: 'More is held than there is.',
    sql: 'alter table stock drop constraint stock_held',
    found: byNobody(SECOND_WALL),
  },
  {
    name: 'refunds-are-never-above-captures',
    against: 'More goes back than came.',
    sql: 'alter table payments drop constraint payments_sums',
    found: byNobody(SECOND_WALL),
  },
  {
    name: 'journals-balance',
    against: 'A journal creates money.',
    sql: 'drop trigger ledger_entries_balance on ledger_entries',
    found: byNobody(SECOND_WALL),
  },
  {
    name: 'a-trade-belongs-to-one-attempt',
    against: 'One payment pays two orders.',
    sql: 'drop index payment_attempts_trade',
    found: byNobody('Asked under the locks as well; the index is for two who ask at once.'),
  },
]
