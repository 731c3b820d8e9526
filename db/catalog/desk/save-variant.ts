import 'server-only'
import { and, eq } from 'drizzle-orm'
import { changedParts } from '#lib/changed-parts.ts'
import { variantSlug } from '#lib/domain/options.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { variants } from '../schema.ts'
import { VARIANT_KEYS, type VariantError, type VariantFacts } from './add-variant.ts'
import { editProduct, type SeenProduct } from './edit-product.ts'
import { readVariantPhoto } from './variant-photo.ts'

export type SaveVariantError =
  | VariantError
  | { readonly code: 'unknown_variant' }
  | { readonly code: 'nothing_to_change' }

/** Saves what a variant is; its price has a verb of its own. */
export const saveVariant = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  { variantId, photoId, ...facts }: VariantFacts & { readonly variantId: number },
): Promise<Result<{ readonly version: number }, SaveVariantError>> =>
  editProduct<null, SaveVariantError>(
    permit,
    seen,
    async (tx, product) => {
      const [known] = await tx
        .select()
        .from(variants)
        .where(and(eq(variants.id, variantId), eq(variants.productId, product.id)))
        .for('no key update')
      if (!known) return err({ code: 'unknown_variant' })
      const photo = await readVariantPhoto(tx, product.id, photoId)
      if (!photo) return err({ code: 'unknown_photo' })

      const { sku, options, weightG, offered, image } = known
      const changed = changedParts({ sku, options, weightG, offered, image }, { ...facts, image: photo.image })
      if (!changed) return err({ code: 'nothing_to_change' })
      const { imageAlt, imageBlur, imageColour } = photo
      await tx
        .update(variants)
        .set({ ...facts, image: photo.image, imageAlt, imageBlur, imageColour, slug: variantSlug(facts.options) })
        .where(eq(variants.id, variantId))
      return ok({ value: null, action: 'variant.save', ...changed })
    },
    VARIANT_KEYS,
  )
