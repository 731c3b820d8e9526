import 'server-only'
import { eq, max } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import type { CutPhoto } from '#lib/photos/photo-store.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { productPhotos } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'
import { NO_PHOTO } from './variant-photo.ts'

export type AddPhotoError = EditProductError | { readonly code: 'same_photo' }

/** Adds a picture behind the others of its piece, without words yet. */
export const addPhoto = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  photo: CutPhoto,
): Promise<Result<{ readonly version: number; readonly value: number }, AddPhotoError>> =>
  editProduct<number, AddPhotoError>(
    permit,
    seen,
    async (tx, product) => {
      const [last] = await tx
        .select({ position: max(productPhotos.position) })
        .from(productPhotos)
        .where(eq(productPhotos.productId, product.id))
      const position = (last?.position ?? -1) + 1
      const [added] = await tx
        .insert(productPhotos)
        .values({ ...photo, productId: product.id, position, alt: NO_PHOTO.imageAlt })
        .returning({ id: productPhotos.id })
      if (!added) return err({ code: 'same_photo' })
      return ok({ value: added.id, action: 'photo.add', after: { file: photo.file } })
    },
    { product_photos_file: { code: 'same_photo' } },
  )
