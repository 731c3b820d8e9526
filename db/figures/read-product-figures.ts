import 'server-only'
import type { Period } from '#lib/domain/figure-period.ts'
import type { LocalizedText } from '#lib/domain/locale.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { sql } from '../client.ts'

export type ProductFigures = {
  readonly slug: string
  readonly name: LocalizedText
  readonly soldUnits: number
  /** At catalogue prices, before discounts. */
  readonly sold: Fen
  readonly returnedUnits: number
  readonly returned: Fen
}

type Row = { slug: string; name: LocalizedText } & Record<'sold_units' | 'sold' | 'returned_units' | 'returned', string>

/** What was sold and given back of each piece in a period, the most sold first. @param most null for all of them. */
export async function readProductFigures(
  _: Permit<'figures.read'>,
  period: Period,
  most: number | null,
): Promise<readonly ProductFigures[]> {
  const rows = await sql<Row[]>`
    select slug, name, sold_units, sold, returned_units, returned
    from (
      select product_id, sum(sold_units) as sold_units, sum(sold_fen) as sold, sum(returned_units) as returned_units,
        sum(returned_fen) as returned
      from figure_products where day between ${period.first} and ${period.last}
      group by 1 order by 3 desc, 1 limit ${most}
    ) as summed join products on products.id = product_id
    order by sold desc, product_id`
  return rows.map((row) => ({
    slug: row.slug,
    name: row.name,
    soldUnits: Number(row.sold_units),
    sold: toFen(BigInt(row.sold)),
    returnedUnits: Number(row.returned_units),
    returned: toFen(BigInt(row.returned)),
  }))
}
