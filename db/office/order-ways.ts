import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { afterPrefix, type OrderSearch } from '#lib/domain/order-search.ts'
import { pieceTerm } from '#lib/domain/order-terms.ts'
import { hanQueryText, type SearchQuery } from '#lib/domain/search-query.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'

/**
 * One way in which an order can be what is looked for: where to find all such orders, and the question whether the order
 * `o` is one. What few have is found by an index that gives their ids, what many can have by terms, newest first. A
 * question is a scalar, since the planner would turn `exists` into a join and lose the order in which the list is read.
 */
export type OrderWay = { readonly holds: SQL } & (
  | { readonly ids: SQL }
  /** Null when there are too many of them, and the list has to be read. */
  | { readonly terms: readonly string[] | null }
)

/** Texts that begin with `prefix`, in a form that an index of `text_pattern_ops` answers whatever the collation. */
const beginsWith = (text: SQL, prefix: string): SQL =>
  sql`${text} ~>=~ ${prefix}::text and ${text} ~<~ ${afterPrefix(prefix)}::text`

const orderWay = (condition: (order: SQL) => SQL): OrderWay => ({
  ids: sql`select orders.id from orders where ${condition(sql`orders`)}`,
  holds: sql`(${condition(sql`o`)})`,
})

/** Rows of another table that name their order. */
const otherWay = (from: SQL, orderId: SQL, condition: SQL): OrderWay => ({
  ids: sql`select ${orderId} from ${from} where ${condition}`,
  holds: sql`(select true from ${from} where ${orderId} = o.id and ${condition} limit 1)`,
})

/** A name has all of the words; the last may be half typed. */
function nameQuery({ words, han }: SearchQuery): string {
  const last = words.at(-1)
  const parts = [...words.slice(0, -1), ...(last === undefined ? [] : [`${last}:*`])]
  return [...parts, ...(han.length > 0 ? [hanQueryText(han)] : [])].join(' & ')
}

/** Of shoppers who are called by their number most type it without the country's. */
const phonePrefixes = (digits: string) => [`+${digits}`, `+86${digits}`, digits]
const PREFIX_DIGITS_AT_LEAST = 5

/** What was looked up of what was typed, before the orders are. */
export type Named = {
  /** Pieces that it names. */
  readonly variantIds: readonly number[]
  /** Terms of the names that it can be; null when there are too many of them. */
  readonly nameTerms: readonly string[] | null
}

/** All ways in which an order can answer what was typed. */
export function waysOf(search: OrderSearch, { variantIds, nameTerms }: Named): readonly OrderWay[] {
  const { number, email, phone, tradeNo, words } = search
  const reversed = phone && [...phone].reverse().join('')
  const attempts = sql`payment_attempts a join payments p on p.id = a.payment_id`
  return [
    number === null ? [] : orderWay((order) => beginsWith(sql`${order}.number`, number)),
    email === null ? [] : orderWay((order) => beginsWith(sql`lower(${order}.email)`, email)),
    phone === null || phone.length < PREFIX_DIGITS_AT_LEAST
      ? []
      : phonePrefixes(phone).map((prefix) => orderWay((order) => beginsWith(sql`${order}.phone`, prefix))),
    reversed === null
      ? []
      : [
          orderWay((order) => beginsWith(sql`reverse(${order}.phone)`, reversed)),
          otherWay(sql`order_addresses a`, sql`a.order_id`, beginsWith(sql`reverse(a.phone)`, reversed)),
        ],
    tradeNo === null
      ? []
      : PROVIDER_NAMES.map((provider) => otherWay(attempts, sql`p.order_id`, tradeOf(provider, tradeNo))),
    variantIds.length === 0
      ? []
      : {
          terms: variantIds.map(pieceTerm),
          holds: sql`(select true from order_lines l
            where l.order_id = o.id and l.variant_id = any(${sql.param([...variantIds])}::int[]) limit 1)`,
        },
    // The last to be asked: a name is taken to pieces for it.
    words === null
      ? []
      : {
          terms: nameTerms,
          holds: sql`(select name_words(a.recipient) @@ ${nameQuery(words)}::tsquery from order_addresses a
            where a.order_id = o.id)`,
        },
  ].flat()
}

/** By the index that keeps trades apart, in whose collation digits stand in their order. */
function tradeOf(provider: string, digits: string): SQL {
  const stem = digits.replace(/9+$/, '')
  const next = stem === '' ? null : `${stem.slice(0, -1)}${Number(stem.at(-1)) + 1}`
  const from = sql`a.provider = ${provider}::text and a.provider_trade_no >= ${digits}::text`
  const bounded = next === null ? from : sql`${from} and a.provider_trade_no < ${next}::text`
  return sql`${bounded} and starts_with(a.provider_trade_no, ${digits}::text)`
}
