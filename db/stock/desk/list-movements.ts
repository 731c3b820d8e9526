import 'server-only'
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { orders } from '../../orders/schema.ts'
import { stockMovements } from '../schema.ts'

const PAGE_SIZE = 50

/** What happened to the stock of a variant, the last movement first. @param beforeId the last id of the page before. */
export async function listMovements(_: Permit<'catalogue.read'>, variantId: number, beforeId: bigint | null) {
  const rows = await db
    .select({
      id: stockMovements.id,
      quantity: stockMovements.quantity,
      reason: stockMovements.reason,
      actor: stockMovements.actor,
      order: orders.number,
      at: stockMovements.at,
    })
    .from(stockMovements)
    .leftJoin(orders, eq(orders.id, stockMovements.orderId))
    .where(
      and(eq(stockMovements.variantId, variantId), beforeId === null ? undefined : lt(stockMovements.id, beforeId)),
    )
    .orderBy(desc(stockMovements.id))
    .limit(PAGE_SIZE + 1)
  const movements = rows.slice(0, PAGE_SIZE)
  return { movements, nextBeforeId: rows.length > PAGE_SIZE ? (movements.at(-1)?.id ?? null) : null }
}
