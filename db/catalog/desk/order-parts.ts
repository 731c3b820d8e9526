import 'server-only'
import { asc, eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { productPhotos, variants } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'
import { sameIds, setPositions } from './set-positions.ts'

export type OrderPartsError = EditProductError | { readonly code: 'other_parts' }

const TABLES = { variants, photos: productPhotos } as const

/**
 * Puts the variants or the pictures of a piece into this order; the first variant that can be bought is shown.
 * @param ids all of them.
 */
export const orderParts = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  { parts, ids }: { readonly parts: keyof typeof TABLES; readonly ids: readonly number[] },
): Promise<Result<{ readonly version: number }, OrderPartsError>> =>
  editProduct<null, OrderPartsError>(permit, seen, async (tx, product) => {
    const table = TABLES[parts]
    const known = await tx
      .select({ id: table.id })
      .from(table)
      .where(eq(table.productId, product.id))
      .orderBy(asc(table.position), asc(table.id))
    const before = known.map(({ id }) => id)
    if (!sameIds(before, ids)) return err({ code: 'other_parts' })
    await setPositions(tx, table, ids)
    return ok({ value: null, action: `${parts}.order`, before, after: ids })
  })
