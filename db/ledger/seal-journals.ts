import 'server-only'
import { sql } from '../client.ts'
import { chainTo, contentOf, type JournalRow, journalColumns, type Link, NO_LINK } from './journal-seal.ts'

export const SEALED_AT_ONCE = 500

type Waiting = JournalRow & { readonly waits_as: string }

export type Sealed = { readonly sealed: number; readonly position: string; readonly head: string }

/**
 * Chains up to 500 journals that wait for it. Those who book never wait: the chain grows in the order of sealing, one
 * sealer at a time.
 * @returns how many, and where the chain ends now (the hash in hex); null while another one seals.
 */
export async function sealJournals(): Promise<Sealed | null> {
  return sql.begin(async (tx) => {
    const [lock] = await tx<[{ had: boolean }]>`select pg_try_advisory_xact_lock(hashtext('seal-journals')) as had`
    if (!lock.had) return null

    const [head = NO_LINK] = await tx<Link[]>`
      select position, hash from journal_seals order by position desc limit 1`
    const waiting = await tx<Waiting[]>`
      select unsealed_journals.id as waits_as, ${journalColumns(tx)}
      from unsealed_journals join journals on journals.id = journal_id
      order by unsealed_journals.id limit ${SEALED_AT_ONCE}`
    const links = chainTo(
      head,
      waiting.map((journal) => ({ journal_id: journal.id, content: contentOf(journal) })),
    )
    if (links.length > 0) {
      await tx`
        insert into journal_seals (position, journal_id, content, hash)
        select position, journal_id, content, decode(hash, 'hex')
        from json_to_recordset(${JSON.stringify(links)}::text::json)
          as link (position bigint, journal_id uuid, content text, hash text)`
      await tx`delete from unsealed_journals where id = any (${waiting.map(({ waits_as }) => waits_as)}::bigint[])`
    }
    const last = links.at(-1)
    return {
      sealed: links.length,
      position: last?.position ?? head.position,
      head: last?.hash ?? head.hash.toString('hex'),
    }
  })
}
