import 'server-only'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { plannedPrices, variants } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type WithdrawPriceError = EditProductError | { readonly code: 'not_planned' }

/** Takes a planned price back that has not begun yet. */
export const withdrawPrice = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  { plannedId, now }: { readonly plannedId: number; readonly now: Date },
): Promise<Result<{ readonly version: number }, WithdrawPriceError>> =>
  editProduct<null, WithdrawPriceError>(permit, seen, async (tx, product) => {
    const ofProduct = tx.select({ id: variants.id }).from(variants).where(eq(variants.productId, product.id))
    const [withdrawn] = await tx
      .update(plannedPrices)
      .set({ withdrawnAt: now })
      .where(
        and(
          eq(plannedPrices.id, plannedId),
          inArray(plannedPrices.variantId, ofProduct),
          isNull(plannedPrices.appliedAt),
          isNull(plannedPrices.withdrawnAt),
        ),
      )
      .returning({ priceFen: plannedPrices.priceFen, startsAt: plannedPrices.startsAt })
    if (!withdrawn) return err({ code: 'not_planned' })
    const { priceFen, startsAt } = withdrawn
    return ok({ value: null, action: 'price.withdraw', before: { priceFen: priceFen.toString(), startsAt } })
  })
