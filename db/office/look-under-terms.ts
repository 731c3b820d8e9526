import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { allOf, type Conditions } from './order-conditions.ts'

/** Of what happened since the terms were written: minutes of a large shop, days of a small one. */
const EVENTS_LOOKED = 5_000

type UnderTerms = { readonly terms: readonly string[]; readonly limit: number; readonly entries: number }

/**
 * `listed`: of each term the newest orders that hold, one more than a page. `ended`: where the first term ended that was
 * asked no further and has not filled a page; what is older is not all known. `recent`: orders of which something
 * happened since the terms were written.
 */
export function underTerms({ terms, limit, entries }: UnderTerms, { own, dates, further, later }: Conditions): SQL {
  const each = sql`unnest(${sql.param([...terms])}::text[]) as t (term)`
  const entry = sql`
    select o.id, o.placed_at from (select term, placed_at, order_id as id from order_terms) o
    where o.term = t.term collate "C" and ${allOf([...dates, ...later])}
    order by o.placed_at desc, o.id desc`
  const some = sql`(${entry} limit ${entries})`
  // One row at a time, so that no more is asked than fills the page.
  const asked = own.length === 0 ? sql`${some} o` : sql`${some} entry cross join lateral (${orderOf(sql`entry.id`)}) o`
  return sql`
    listed as materialized (
      select t.term, o.id, o.placed_at from ${each} cross join lateral (
        select o.id, o.placed_at from ${asked} where ${allOf([...own, ...further])}
        order by o.placed_at desc, o.id desc limit ${limit + 1}
      ) o
    ), ended as materialized (
      select o.id, o.placed_at from ${each} cross join lateral (${entry} offset ${entries - 1} limit 1) o
      where (select count(*) from listed where listed.term = t.term) <= ${limit}
      order by o.placed_at desc, o.id desc limit 1
    ), recent as materialized (
      select o.id, o.placed_at from (
        select distinct order_id from (
          select order_id from order_events where id > (select written_until from order_term_progress)
          order by id desc limit ${EVENTS_LOOKED}
        ) event
      ) touched cross join lateral (${orderOf(sql`touched.order_id`)}) o
      where ${allOf([...own, ...dates, ...further, ...later])}
    )`
}

const orderOf = (id: SQL) => sql`select orders.* from orders where orders.id = ${id} limit 1`
