import { z } from 'zod'
import { type Fen, parseYuan } from '#lib/domain/money.ts'
import { isSlug } from '#lib/domain/slug.ts'

export const SORTS = ['featured', 'newest', 'price_up', 'price_down'] as const

/** What a shopper asked of a shelf, read from the address. */
export type FilterQuery = {
  readonly options: Readonly<Record<string, readonly string[]>>
  readonly priceFromFen: Fen | null
  readonly priceToFen: Fen | null
  readonly inStock: boolean
  readonly sort: (typeof SORTS)[number]
  readonly page: number
}

/** Addresses are typed, cut and forged: what does not read is left out, and nothing is read without end. */
const MOST_OPTIONS = 8
const MOST_VALUES = 30
const MOST_PAGES = 10_000
const OPTION_PREFIX = 'o.'

const Many = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())
const One = Many.transform((values) => values[0])
const Price = One.transform((text) => parseYuan((text ?? '').trim().replace(',', '.'))).catch(null)

const Query = z.object({
  from: Price.default(null),
  to: Price.default(null),
  stock: One.transform((text) => text === '1').catch(false),
  sort: One.pipe(z.enum(SORTS)).catch('featured'),
  page: One.transform(Number).pipe(z.int().min(1).max(MOST_PAGES)).catch(1),
})

/** The field of an option in the form and in the address, apart from the fields that every shelf has. */
export const optionField = (option: string): string => `${OPTION_PREFIX}${option}`

function readOptions(params: Readonly<Record<string, unknown>>): Record<string, readonly string[]> {
  const fields = Object.entries(params).filter(([name]) => name.startsWith(OPTION_PREFIX))
  const read = fields.slice(0, MOST_OPTIONS).flatMap(([name, raw]) => {
    const option = name.slice(OPTION_PREFIX.length)
    const values = Many.safeParse(raw).data?.filter(isSlug).slice(0, MOST_VALUES) ?? []
    return isSlug(option) && values.length > 0 ? [[option, [...new Set(values)]] as const] : []
  })
  return Object.fromEntries(read)
}

/** Never refuses: an address of nonsense is a filter that filters nothing. Prices are in yuan in the address. */
export function readFilterQuery(params: Readonly<Record<string, unknown>>): FilterQuery {
  const { from, to, stock, sort, page } = Query.parse(params)
  return { options: readOptions(params), priceFromFen: from, priceToFen: to, inStock: stock, sort, page }
}
