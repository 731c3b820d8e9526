import { z } from 'zod'
import { ORDER_FILTERS, type OrderFilter } from '../domain/order-filter.ts'

export type OrderListQuery = {
  readonly filter: OrderFilter
  readonly search: string
  readonly after: { readonly placedAt: Date; readonly id: string } | null
}

const LONGEST_SEARCH = 80
const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

const Asked = z.object({
  show: z.enum(ORDER_FILTERS).catch('all'),
  q: z
    .string()
    .catch('')
    .transform((text) => text.normalize('NFKC').replace(/\p{C}/gu, '').trim().slice(0, LONGEST_SEARCH)),
  after: z
    .string()
    .transform((text) => {
      const [, at, id] = CURSOR.exec(text) ?? []
      return at && id ? { placedAt: new Date(Number(at)), id } : null
    })
    .catch(null),
})

/** What the address of a customer's list asks for; what is not right in it is left out. */
export function readOrderListQuery(asked: unknown): OrderListQuery {
  const { show, q, after } = Asked.parse(asked)
  return { filter: show, search: q, after }
}

/** The address of that list, from its question mark on. */
export function orderListQuery({ filter, search, after }: OrderListQuery): string {
  const query = new URLSearchParams()
  if (filter !== 'all') query.set('show', filter)
  if (search !== '') query.set('q', search)
  if (after) query.set('after', `${after.placedAt.getTime()}.${after.id}`)
  return query.toString()
}
