import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Fen } from '#lib/domain/money.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { plannedPrices, variants } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type PlanPriceError =
  | EditProductError
  | { readonly code: 'unknown_variant' }
  | { readonly code: 'in_the_past' }
  | { readonly code: 'moment_taken' }

/** Plans a price of a variant from a moment on; the worker applies it then. */
export const planPrice = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  plan: {
    readonly variantId: number
    readonly priceFen: Fen
    readonly startsAt: Date
    readonly reason: string
    readonly now: Date
  },
): Promise<Result<{ readonly version: number }, PlanPriceError>> =>
  editProduct<null, PlanPriceError>(
    permit,
    seen,
    async (tx, product) => {
      const { now, ...planned } = plan
      if (planned.startsAt <= now) return err({ code: 'in_the_past' })
      const [variant] = await tx
        .select({ sku: variants.sku })
        .from(variants)
        .where(and(eq(variants.id, planned.variantId), eq(variants.productId, product.id)))
      if (!variant) return err({ code: 'unknown_variant' })
      await tx.insert(plannedPrices).values({ ...planned, actor: staffActor(permit) })
      await enqueue(tx, { name: 'apply-planned-prices', data: {}, startAfter: planned.startsAt })
      return ok({
        value: null,
        action: 'price.plan',
        after: { sku: variant.sku, priceFen: planned.priceFen.toString(), startsAt: planned.startsAt },
        reason: planned.reason,
      })
    },
    { planned_prices_moment: { code: 'moment_taken' } },
  )
