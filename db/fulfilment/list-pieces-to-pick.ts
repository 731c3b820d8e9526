import 'server-only'
import { asc, inArray } from 'drizzle-orm'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { type Packing, readPacking } from './read-packing.ts'

/** Orders on one sheet; more than that nobody carries. */
export const MOST_TO_PICK = 100

export type PieceToPick = {
  readonly line: Packing['lines'][number]
  readonly units: number
  /** Which orders it is for, and how many units for each. */
  readonly orders: readonly { readonly number: OrderNumber; readonly units: number }[]
}

/** What to take from the shelves for these orders, by SKU. */
export async function listPiecesToPick(
  permit: Permit<'orders.ship'>,
  orderIds: readonly string[],
): Promise<{ readonly packings: readonly Packing[]; readonly pieces: readonly PieceToPick[] }> {
  const numbers = await db
    .select({ number: orders.number })
    .from(orders)
    .where(inArray(orders.id, [...orderIds].slice(0, MOST_TO_PICK)))
    .orderBy(asc(orders.placedAt), asc(orders.id))
  const found = await Promise.all(numbers.map(({ number }) => readPacking(permit, number)))
  const packings = found.flatMap((packing) => (packing ? [packing] : []))
  const pieces = new Map<string, PieceToPick>()
  for (const { number, lines } of packings)
    for (const line of lines) {
      if (line.toPack === 0) continue
      const known = pieces.get(line.sku)
      pieces.set(line.sku, {
        line,
        units: (known?.units ?? 0) + line.toPack,
        orders: [...(known?.orders ?? []), { number, units: line.toPack }],
      })
    }
  const bySku = [...pieces.values()].toSorted((a, b) => a.line.sku.localeCompare(b.line.sku, 'en'))
  return { packings, pieces: bySku }
}
