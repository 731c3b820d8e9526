import { z } from 'zod'
import type { AuditFilter } from '#db/audit-log/list-audit-entries.ts'
import { addDays, startOfShanghaiDay } from '../domain/shanghai-time.ts'

const words = z
  .string()
  .transform((text) => text.trim().slice(0, 100))
  .catch('')
  .default('')

/** What the log is asked for, as it stands in the address: nonsense is left out. */
export const AuditQuery = z.object({ actor: words, action: words, thing: words, from: words, to: words })
export type AuditQuery = z.output<typeof AuditQuery>

const ACTOR = /^(staff:[0-9a-f-]{36}|system)$/
const ACTION = /^[a-z_.]+$/

/** The same for the database: days are those of Shanghai, the last one included. */
export function readAuditFilter({ actor, action, thing, from, to }: AuditQuery): AuditFilter {
  const last = startOfShanghaiDay(to)
  return {
    actor: ACTOR.test(actor) ? actor : null,
    action: ACTION.test(action) ? action : null,
    thing: thing === '' ? null : thing,
    from: startOfShanghaiDay(from),
    to: last && addDays(last, 1),
  }
}

/** Where a page of the log begins; null for the newest and for nonsense. */
export const readAuditCursor = (text: unknown): bigint | null =>
  typeof text === 'string' && /^\d{1,18}$/.test(text) ? BigInt(text) : null
