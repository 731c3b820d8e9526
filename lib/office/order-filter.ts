import { z } from 'zod'
import { FULFILMENT_STATES } from '../domain/fulfilment-state.ts'
import { AFTER_SALE_FILTERS, EVERY_ORDER, type OrderCursor, type OrderFilter } from '../domain/order-list.ts'
import { ORDER_STATES } from '../domain/order-state.ts'
import { PAYMENT_STATES } from '../domain/payment-state.ts'
import { startOfShanghaiDay } from '../domain/shanghai-time.ts'
import type { OfficeQuery } from '../office-paths.ts'
import { PROVIDER_NAMES } from '../payments/port.ts'

/** What an address asks for that makes no sense is left out: a list is shown rather than a complaint. */
const oneOf = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.enum(words).nullable().catch(null).default(null)
const day = z
  .string()
  .refine((text) => startOfShanghaiDay(text) !== null)
  .nullable()
  .catch(null)
  .default(null)

const Fields = z.object({
  q: z
    .string()
    .transform((text) => text.trim().slice(0, 100))
    .catch('')
    .default(''),
  state: oneOf(ORDER_STATES),
  payment: oneOf(PAYMENT_STATES),
  fulfilment: z
    .enum([...FULFILMENT_STATES, 'to_send', 'held'])
    .nullable()
    .catch(null)
    .default(null),
  afterSale: oneOf(AFTER_SALE_FILTERS),
  provider: oneOf(PROVIDER_NAMES),
  from: day,
  to: day,
})

/** The filter in the query of an address, or in the fields of a form. */
export function readOrderFilter(query: unknown): OrderFilter {
  const { q, fulfilment, ...rest } = Fields.parse(query)
  const filter = { ...EVERY_ORDER, ...rest, text: q }
  if (fulfilment === 'to_send') return { ...filter, toSend: true }
  return fulfilment === 'held' ? { ...filter, held: true } : { ...filter, fulfilment }
}

/** What the filter asks of sending, in one word. */
export const sendingOf = ({ toSend, held, fulfilment }: OrderFilter) =>
  toSend ? 'to_send' : held ? 'held' : fulfilment

/** The same as a query: what `readOrderFilter` reads back. */
export function orderFilterQuery(filter: OrderFilter): OfficeQuery {
  const { state, payment, afterSale, provider, from, to } = filter
  const given = Object.entries({ state, payment, afterSale, provider, from, to }).filter(([, value]) => value !== null)
  return { q: filter.text, fulfilment: sendingOf(filter) ?? '', ...Object.fromEntries(given) }
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Where a page begins, as it stands in an address; null for the first page and for nonsense. */
export function readOrderCursor(text: unknown): OrderCursor | null {
  const [, at, id] = (typeof text === 'string' && CURSOR.exec(text)) || []
  return at === undefined || id === undefined ? null : { placedAt: new Date(Number(at)), id }
}

export const writeOrderCursor = ({ placedAt, id }: OrderCursor): string => `${placedAt.getTime()}.${id}`
