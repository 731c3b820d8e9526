import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { refundRequests } from '../refunds/schema.ts'
import { afterSalePhotos } from './schema.ts'

/** The order whose request a photograph belongs to. Null for a name that no photograph has. */
export async function findPhotoOrder(name: string): Promise<string | null> {
  const [found] = await db
    .select({ orderId: refundRequests.orderId })
    .from(afterSalePhotos)
    .innerJoin(refundRequests, eq(refundRequests.id, afterSalePhotos.requestId))
    .where(eq(afterSalePhotos.name, name))
  return found?.orderId ?? null
}
