import 'server-only'
import type { Locale } from '#lib/domain/locale.ts'
import { sql } from '../client.ts'
import { type CartLine, cartLinesOf, parseCartLines } from './cart-lines-of.ts'
import { cartKey } from './cart-token.ts'

/** What is in a cart now, with today's prices and stock. Empty for a token that is forged, malformed or gone. */
export async function readCart(token: string | undefined, locale: Locale): Promise<readonly CartLine[]> {
  const key = cartKey(token)
  if (!key) return []
  const [row] = await sql`
    with lines as (select variant_id, quantity, price_seen_fen, added_at from cart_lines where cart = ${key})
    select ${cartLinesOf('lines', locale)} as lines`
  return parseCartLines(row?.['lines'])
}
