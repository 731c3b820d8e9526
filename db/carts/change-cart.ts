import 'server-only'
import { z } from 'zod'
import { type CartOperation, type CartOutcome, cartOutcome } from '#lib/domain/cart-rules.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { MAX_LINES, MAX_QUANTITY } from '#lib/domain/pricing.ts'
import { sql } from '../client.ts'
import { type CartLine, cartLinesOf, parseCartLines } from './cart-lines-of.ts'
import { cartKey } from './cart-token.ts'

export type CartChange = {
  /** The browser's secret; a cart is made for it with the first piece. */
  readonly token: string
  readonly operation: CartOperation
  readonly sku: string
  /** 1 to 99. `add` puts so many more, `set` makes it so many; `remove` looks at none of it. */
  readonly quantity: number
  readonly locale: Locale
}

const Facts = z.object({ before: z.int(), after: z.int().nullable(), available: z.int().nullable() })

/**
 * Changes one line of a cart and reads the whole cart, in one round trip.
 *
 * The statement decides by what its writing parts return: parts of a statement see one snapshot, so the changed line
 * is taken from `changed` and only the others from the table. `on conflict do update` works on the newest row, so two
 * tabs that add at once both count, and no line exceeds what can be bought or 99. Every change locks the cart's own row
 * before a line of it, so that an add and a removal of the same piece wait for each other and never in a circle.
 * @throws when the token is not one of ours: the door makes tokens, see `app/api/cart`.
 */
export async function changeCart({
  token,
  operation,
  sku,
  quantity,
  locale,
}: CartChange): Promise<{ readonly outcome: CartOutcome; readonly lines: readonly CartLine[] }> {
  const key = cartKey(token)
  if (!key) throw new RangeError('not a cart token')
  const [row] =
    operation === 'remove'
      ? await sql`
    with basket as (
      update carts set updated_at = now() where token_hash = ${key} returning token_hash
    ),
    gone as (
      delete from cart_lines line
      using basket, variants v
      where line.cart = basket.token_hash and v.id = line.variant_id and v.sku = ${sku}
      returning line.variant_id
    ),
    lines as (
      select variant_id, quantity, price_seen_fen, added_at from cart_lines
      where cart = ${key} and variant_id not in (select variant_id from gone)
    )
    select 0 as before, null as after, null as available, ${cartLinesOf('lines', locale)} as lines`
      : await sql`
    with wanted as (
      select v.id, v.price_fen, s.on_hand - s.held as available
      from variants v join products p on p.id = v.product_id join stock s on s.variant_id = v.id
      where v.sku = ${sku} and p.published and v.offered
    ),
    basket as (
      insert into carts (token_hash) select ${key}::bytea from wanted where available > 0
      on conflict (token_hash) do update set updated_at = now()
      returning token_hash
    ),
    before as (
      select variant_id, quantity from cart_lines where cart = ${key} and variant_id in (select id from wanted)
    ),
    changed as (
      insert into cart_lines as line (cart, variant_id, quantity, price_seen_fen)
      select basket.token_hash, wanted.id, least(${quantity}::int, wanted.available, ${MAX_QUANTITY}::int), wanted.price_fen
      from wanted, basket
      where exists (select from before)
        or (select count(*) from cart_lines where cart = ${key}) < ${MAX_LINES}::int
      on conflict (cart, variant_id) do update set
        quantity = least(
          case when ${operation === 'add'}::boolean then line.quantity else 0 end + ${quantity}::int,
          (select available from wanted), ${MAX_QUANTITY}::int),
        price_seen_fen = excluded.price_seen_fen
      returning variant_id, quantity, price_seen_fen, added_at
    ),
    lines as (
      select variant_id, quantity, price_seen_fen, added_at from cart_lines
      where cart = ${key} and variant_id not in (select variant_id from changed)
      union all select * from changed
    )
    select coalesce((select quantity from before), 0) as before,
           (select quantity from changed) as after,
           (select available from wanted) as available,
           ${cartLinesOf('lines', locale)} as lines`
  const facts = Facts.parse(row)
  return { outcome: cartOutcome({ operation, asked: quantity, ...facts }), lines: parseCartLines(row?.['lines']) }
}
