import 'server-only'
import { eq } from 'drizzle-orm'
import type { Fen } from '#lib/domain/money.ts'
import type { Transaction } from '../client.ts'
import { priceChanges, variants } from './schema.ts'

/** Gives a variant another price and remembers the one it had. Its piece must be locked, and its pages be told. */
export async function writePrice(
  tx: Transaction,
  change: { variantId: number; fromFen: Fen; toFen: Fen; reason: string; actor: string },
): Promise<void> {
  await tx.update(variants).set({ priceFen: change.toFen }).where(eq(variants.id, change.variantId))
  await tx.insert(priceChanges).values(change)
}
