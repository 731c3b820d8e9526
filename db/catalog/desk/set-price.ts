import 'server-only'
import { and, eq } from 'drizzle-orm'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { variants } from '../schema.ts'
import { writePrice } from '../write-price.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type SetPriceError =
  | EditProductError
  | { readonly code: 'unknown_variant' }
  | { readonly code: 'nothing_to_change' }

/** Gives a variant another price at once. @param priceFen more than 0. */
export const setPrice = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  { variantId, priceFen, reason }: { readonly variantId: number; readonly priceFen: Fen; readonly reason: string },
): Promise<Result<{ readonly version: number }, SetPriceError>> =>
  editProduct<null, SetPriceError>(permit, seen, async (tx, product) => {
    const [known] = await tx
      .select({ sku: variants.sku, priceFen: variants.priceFen })
      .from(variants)
      .where(and(eq(variants.id, variantId), eq(variants.productId, product.id)))
      .for('no key update')
    if (!known) return err({ code: 'unknown_variant' })
    const fromFen = toFen(known.priceFen)
    if (fromFen === priceFen) return err({ code: 'nothing_to_change' })
    await writePrice(tx, { variantId, fromFen, toFen: priceFen, reason, actor: staffActor(permit) })
    return ok({
      value: null,
      action: 'price.set',
      before: { sku: known.sku, priceFen: fromFen.toString() },
      after: { sku: known.sku, priceFen: priceFen.toString() },
      reason,
    })
  })
