import 'server-only'
import type { ISql } from 'postgres'
import { sql } from '../client.ts'
import { chainTo, type Link, NO_HASH, NO_LINK, sealHash } from '../ledger/journal-seal.ts'

const SEALED_AT_ONCE = 500

type Waiting = { readonly id: string; readonly content: string }

/** What of an entry is sealed: the row as PostgreSQL writes it, its columns in the order of their names. */
const ENTRY_CONTENT = sql`jsonb_build_array(
  id::text, extract(epoch from at)::text, actor, action, about_kind, about_id, before, after, reason, ip
)::text`

/**
 * Chains up to 500 entries of the log that wait for it, in the way of the ledger (`seal-journals.ts`).
 * @returns how many; null while another one seals.
 */
export async function sealAuditEntries(): Promise<number | null> {
  return sql.begin(async (tx) => {
    const [lock] = await tx<[{ had: boolean }]>`select pg_try_advisory_xact_lock(hashtext('seal-audit-log')) as had`
    if (!lock.had) return null
    const [head = NO_LINK] = await tx<Link[]>`
      select position, hash from audit_seals order by position desc limit 1`
    const waiting = await tx<Waiting[]>`
      select id, ${ENTRY_CONTENT} as content from audit_log
      where id in (select entry_id from unsealed_audit_entries order by entry_id limit ${SEALED_AT_ONCE})
      order by id`
    const links = chainTo(head, waiting)
    if (links.length > 0) {
      await tx`
        insert into audit_seals (position, entry_id, content, hash)
        select position, id, content, decode(hash, 'hex')
        from json_to_recordset(${JSON.stringify(links)}::text::json)
          as link (position bigint, id bigint, content text, hash text)`
      await tx`delete from unsealed_audit_entries where entry_id = any (${links.map(({ id }) => id)}::bigint[])`
    }
    return links.length
  })
}

export type BrokenSeal = { readonly position: string; readonly what: 'changed' | 'gone' | 'chain' }

/**
 * Walks the whole chain. @returns the first place where it does not hold; null when the log is as it was written.
 * @param within a transaction whose snapshot is looked at.
 */
export async function findBrokenAuditSeal(within: ISql = sql): Promise<BrokenSeal | null> {
  let expected: Buffer = NO_HASH
  let position = 0n
  const walk = within<{ position: string; content: string; hash: Buffer; now: string | null }[]>`
    select position, audit_seals.content, hash, (
      select ${ENTRY_CONTENT} from audit_log where audit_log.id = audit_seals.entry_id
    ) as now
    from audit_seals order by position`.cursor(1_000)
  for await (const seals of walk)
    for (const seal of seals) {
      position += 1n
      expected = sealHash(expected, seal.content)
      if (seal.position !== position.toString() || !seal.hash.equals(expected))
        return { position: seal.position, what: 'chain' }
      if (seal.now === null) return { position: seal.position, what: 'gone' }
      if (seal.now !== seal.content) return { position: seal.position, what: 'changed' }
    }
  return null
}
