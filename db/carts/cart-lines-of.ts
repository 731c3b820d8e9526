import 'server-only'
import { z } from 'zod'
import type { Locale } from '#lib/domain/locale.ts'
import { toFen } from '#lib/domain/money.ts'
import { sql } from '../client.ts'

/** Money leaves the database as text, since JSON numbers are floats. */
const FenText = z.string().transform((text) => toFen(BigInt(text)))

const Line = z.object({
  variantId: z.int(),
  sku: z.string(),
  productSlug: z.string(),
  variantSlug: z.string(),
  name: z.string(),
  options: z.string(),
  image: z.string(),
  imageAlt: z.string(),
  quantity: z.int(),
  unitPrice: FenText,
  priceSeen: FenText,
  available: z.int(),
  weightG: z.int(),
})

/** A line of a cart with all that a page shows of it, in one language. */
export type CartLine = Readonly<z.output<typeof Line>>

export const parseCartLines = (json: unknown): readonly CartLine[] => z.array(Line).parse(json ?? [])

/**
 * The lines of `from` (a name in the statement with variant_id, quantity, price_seen_fen, added_at) as one JSON array,
 * in the order in which they were added. A piece that is not published or not offered any more counts as sold out.
 */
export const cartLinesOf = (from: 'lines', locale: Locale) => sql`
  (select json_agg(json_build_object(
     'variantId', v.id,
     'sku', v.sku,
     'productSlug', p.slug,
     'variantSlug', v.slug,
     'name', p.name ->> ${locale}::text,
     'options', coalesce((
       select string_agg(o.name ->> ${locale}::text, ' · ' order by o.option)
       from option_values o where v.options ->> o.option = o.value), ''),
     'image', v.image,
     'imageAlt', v.image_alt ->> ${locale}::text,
     'quantity', l.quantity,
     'unitPrice', v.price_fen::text,
     'priceSeen', l.price_seen_fen::text,
     'available', case when p.published and v.offered then s.on_hand - s.held else 0 end,
     'weightG', coalesce(v.weight_g, p.weight_g)
   ) order by l.added_at, v.sku)
   from ${sql(from)} l
   join variants v on v.id = l.variant_id
   join products p on p.id = v.product_id
   join stock s on s.variant_id = v.id)`
