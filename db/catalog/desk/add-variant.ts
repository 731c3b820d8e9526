import 'server-only'
import { eq, max } from 'drizzle-orm'
import type { Fen } from '#lib/domain/money.ts'
import { type Options, variantSlug } from '#lib/domain/options.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Transaction } from '../../client.ts'
import { stock } from '../../stock/schema.ts'
import { variants } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'
import { readVariantPhoto, type VariantPhoto } from './variant-photo.ts'

/** What is bought, as its form shows it. */
export type VariantFacts = {
  readonly sku: string
  readonly options: Options
  /** Grams where it is not as heavy as its piece says. */
  readonly weightG: number | null
  /** One of the piece's pictures. */
  readonly photoId: number | null
  readonly offered: boolean
}

export type VariantError =
  | EditProductError
  | { readonly code: 'sku_taken' }
  /** Another variant of the piece has the same values. */
  | { readonly code: 'options_taken' }
  | { readonly code: 'unknown_photo' }

export const VARIANT_KEYS = {
  variants_sku_unique: { code: 'sku_taken' },
  variants_product_slug: { code: 'options_taken' },
} as const

/** Adds a variant behind the others, with nothing in stock. @param priceFen more than 0. */
export const addVariant = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  { photoId, ...facts }: VariantFacts & { readonly priceFen: Fen },
): Promise<Result<{ readonly version: number; readonly value: number }, VariantError>> =>
  editProduct<number, VariantError>(
    permit,
    seen,
    async (tx, product) => {
      const photo = await readVariantPhoto(tx, product.id, photoId)
      if (!photo) return err({ code: 'unknown_photo' })
      return ok({
        value: await insertVariant(tx, product.id, { ...facts, ...photo }),
        action: 'variant.add',
        after: { ...facts, priceFen: facts.priceFen.toString(), image: photo.image },
      })
    },
    VARIANT_KEYS,
  )

/** Writes a variant of a locked piece behind its others, with nothing in stock. @returns its id. */
export async function insertVariant(
  tx: Transaction,
  productId: number,
  facts: Omit<VariantFacts, 'photoId'> & VariantPhoto & { readonly priceFen: Fen },
): Promise<number> {
  const [last] = await tx
    .select({ position: max(variants.position) })
    .from(variants)
    .where(eq(variants.productId, productId))
  const place = { productId, slug: variantSlug(facts.options), position: (last?.position ?? -1) + 1 }
  const [variant] = await tx
    .insert(variants)
    .values({ ...facts, ...place })
    .returning({ id: variants.id })
  if (!variant) throw new Error(`${facts.sku} was not written`)
  await tx.insert(stock).values({ variantId: variant.id, onHand: 0 })
  return variant.id
}
