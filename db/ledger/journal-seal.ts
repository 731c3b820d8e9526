import 'server-only'
import { createHash } from 'node:crypto'
import type { TransactionSql } from 'postgres'

/** A journal with its entries, every number as the text that PostgreSQL writes. */
export type JournalRow = {
  readonly id: string
  readonly kind: string
  readonly order_id: string | null
  readonly payment_event_id: string | null
  readonly reference: string | null
  /** Milliseconds since 1970. */
  readonly booked_at: string
  /** In the order of their ids. */
  readonly entries: readonly EntryRow[]
}
type EntryRow = readonly [id: string, account: string, provider: string, amountFen: string, currency: string]

/** The columns of a `JournalRow`, for a read that has `journals` in it. */
export const journalColumns = (tx: TransactionSql) => tx`
  journals.id, journals.kind, journals.order_id, journals.payment_event_id::text, journals.reference,
  (extract(epoch from journals.booked_at) * 1000)::bigint::text as booked_at,
  coalesce((
    select json_agg(
      json_build_array(id::text, account, provider, amount_fen::text, currency) order by id
    ) from ledger_entries where journal_id = journals.id
  ), '[]') as entries`

/** What of a journal is sealed. Two journals have the same content only when every column is the same. */
export const contentOf = (journal: JournalRow): string =>
  JSON.stringify({
    journal: journal.id,
    kind: journal.kind,
    order: journal.order_id,
    event: journal.payment_event_id,
    reference: journal.reference,
    bookedAt: journal.booked_at,
    entries: journal.entries,
  })

/** The hash before the first. */
export const NO_HASH = Buffer.alloc(32)

/** The hash of a link: SHA-256 of the 32 bytes before it and of its content in UTF-8. */
export const sealHash = (previous: Buffer, content: string): Buffer =>
  createHash('sha256').update(previous).update(content).digest()

export type Link = { readonly position: string; readonly hash: Buffer }
/** Before the first link. */
export const NO_LINK: Link = { position: '0', hash: NO_HASH }

/** The links that follow `head`, one for each content, their hashes in hex as JSON carries them. */
export function chainTo<Sealed extends { readonly content: string }>(head: Link, contents: readonly Sealed[]) {
  let { hash } = head
  let position = BigInt(head.position)
  return contents.map((sealed) => {
    hash = sealHash(hash, sealed.content)
    position += 1n
    return { ...sealed, position: position.toString(), hash: hash.toString('hex') }
  })
}
