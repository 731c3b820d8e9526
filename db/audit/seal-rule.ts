import 'server-only'
import type { TransactionSql } from 'postgres'
import { findBrokenAuditSeal } from '../audit-log/seal-audit-entries.ts'
import { contentOf, type JournalRow, journalColumns, NO_HASH, sealHash } from '../ledger/journal-seal.ts'
import type { Finding } from './audit-rule.ts'

/** Where the chain ended at some time, noted outside of the database: `position:hash`. */
export type SealWitness = { readonly position: string; readonly hash: string }

/** `id` is null where the journal itself is gone. */
type SealedJournal = Omit<JournalRow, 'id'> & {
  readonly id: string | null
  readonly position: string
  readonly journal_id: string
  readonly content: string
  readonly hash: Buffer
}

const BATCH = 1_000

/** Rules that are a walk and no statement. */
export const SEAL_RULES = {
  ledger_is_as_sealed: { invariant: 'I15', sentence: 'The ledger is not as it was sealed.' },
  audit_log_is_as_sealed: { invariant: 'I16', sentence: 'The log of what staff did is not as it was sealed.' },
} as const

/**
 * Walks the chain of seals from its first link, and compares each with the journal as it is now.
 * @param witness makes sure that the chain still holds what it held then: whoever may do everything could make it anew.
 */
export async function checkSeals(tx: TransactionSql, witness: SealWitness | null): Promise<Finding[]> {
  const found: string[] = []
  let expected = 1n
  /** The hash that the next link may follow: the one that stands there, and the one that should. */
  let before: readonly Buffer[] = [NO_HASH]
  let witnessed = witness === null
  const links = tx<SealedJournal[]>`
    select position, journal_seals.journal_id, content, hash, ${journalColumns(tx)}
    from journal_seals left join journals on journals.id = journal_seals.journal_id order by position`
  for await (const batch of links.cursor(BATCH)) {
    for (const link of batch) {
      const position = BigInt(link.position)
      if (position !== expected) found.push(missing(expected, position - 1n))
      else if (!before.some((hash) => sealHash(hash, link.content).equals(link.hash)))
        found.push(`seal ${position}: its hash does not follow from its content and the seal before`)
      found.push(...differences(link))
      witnessed ||= witness?.position === link.position && witness.hash === link.hash.toString('hex')
      expected = position + 1n
      before = [link.hash, ...before.slice(0, 1).map((hash) => sealHash(hash, link.content))]
    }
  }
  if (!witnessed) found.push(`seal ${witness?.position}: not the one that was noted`)
  return found.map((what) => ({ rule: 'ledger_is_as_sealed', ...SEAL_RULES.ledger_is_as_sealed, what }))
}

const BROKEN_ENTRY = {
  changed: 'the entry was changed',
  gone: 'the entry is gone',
  chain: 'its hash does not follow from its content and the seal before, or seals before it are gone',
} as const

/** The same for the log of what staff did, up to the first place that does not hold. */
export async function checkAuditLogSeals(tx: TransactionSql): Promise<Finding[]> {
  const broken = await findBrokenAuditSeal(tx)
  if (!broken) return []
  const what = `seal ${broken.position}: ${BROKEN_ENTRY[broken.what]}`
  return [{ rule: 'audit_log_is_as_sealed', ...SEAL_RULES.audit_log_is_as_sealed, what }]
}

const missing = (from: bigint, to: bigint) => (from === to ? `seal ${from} is gone` : `seals ${from} to ${to} are gone`)

type Content = { readonly [field: string]: unknown; readonly entries: readonly (readonly string[])[] }

/** What of a journal is not as its seal has it. */
function differences({ id, content, ...journal }: SealedJournal): string[] {
  if (id === null) return [`journal ${journal.journal_id} is gone`]
  const present = contentOf({ id, ...journal })
  if (present === content) return []
  const [was, is] = [JSON.parse(content) as Content, JSON.parse(present) as Content]
  const fields = Object.keys(is).filter((field) => field !== 'entries' && was[field] !== is[field])
  return [
    ...fields.map((field) => `journal ${id}: ${field} was ${String(was[field])}, is ${String(is[field])}`),
    ...entryDifferences(id, was.entries, is.entries),
  ]
}

function entryDifferences(journal: string, were: Content['entries'], are: Content['entries']): string[] {
  const was = new Map(were.map(([id, ...entry]) => [id, entry.join(' ')]))
  const is = new Map(are.map(([id, ...entry]) => [id, entry.join(' ')]))
  const ids = new Set([...was.keys(), ...is.keys()])
  return [...ids]
    .filter((id) => was.get(id) !== is.get(id))
    .map((id) => `entry ${id} of journal ${journal}: was ${was.get(id) ?? 'not there'}, is ${is.get(id) ?? 'gone'}`)
}
