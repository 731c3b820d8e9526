import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { productPhotos, variants } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type RemovePhotoError =
  | EditProductError
  | { readonly code: 'unknown_photo' }
  /** These variants show it. */
  | { readonly code: 'photo_in_use'; readonly skus: readonly string[] }

/** Takes a picture from its piece. Its files stay, since orders show what was bought as it looked then. */
export const removePhoto = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  photoId: number,
): Promise<Result<{ readonly version: number }, RemovePhotoError>> =>
  editProduct<null, RemovePhotoError>(permit, seen, async (tx, product) => {
    const ofProduct = and(eq(productPhotos.id, photoId), eq(productPhotos.productId, product.id))
    const [known] = await tx.select().from(productPhotos).where(ofProduct)
    if (!known) return err({ code: 'unknown_photo' })
    const showing = await tx
      .select({ sku: variants.sku })
      .from(variants)
      .where(and(eq(variants.productId, product.id), eq(variants.image, known.file)))
    if (showing.length > 0) return err({ code: 'photo_in_use', skus: showing.map(({ sku }) => sku) })
    await tx.delete(productPhotos).where(ofProduct)
    return ok({ value: null, action: 'photo.remove', before: { file: known.file, alt: known.alt } })
  })
