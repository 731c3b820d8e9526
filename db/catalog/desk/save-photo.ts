import 'server-only'
import { and, eq } from 'drizzle-orm'
import { changedParts } from '#lib/changed-parts.ts'
import type { LocalizedText } from '#lib/domain/locale.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { CutPhoto } from '#lib/photos/photo-store.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Transaction } from '../../client.ts'
import { productPhotos, variants } from '../schema.ts'
import { type EditProductError, editProduct, type SeenProduct } from './edit-product.ts'

export type SavePhotoError =
  | EditProductError
  | { readonly code: 'unknown_photo' }
  | { readonly code: 'same_photo' }
  | { readonly code: 'nothing_to_change' }

/** Says what a picture shows, or cuts it anew: also in the variants that show it. */
export const savePhoto = (
  permit: Permit<'catalogue.edit'>,
  seen: SeenProduct,
  { photoId, ...change }: { readonly photoId: number; readonly alt?: LocalizedText; readonly cut?: CutPhoto },
): Promise<Result<{ readonly version: number }, SavePhotoError>> =>
  editProduct<null, SavePhotoError>(
    permit,
    seen,
    async (tx, product) => {
      const [known] = await tx
        .select()
        .from(productPhotos)
        .where(and(eq(productPhotos.id, photoId), eq(productPhotos.productId, product.id)))
      if (!known) return err({ code: 'unknown_photo' })
      const photo = { ...known, ...(change.alt ? { alt: change.alt } : {}), ...change.cut }
      const changed = changedParts({ alt: known.alt, file: known.file }, { alt: photo.alt, file: photo.file })
      if (!changed) return err({ code: 'nothing_to_change' })

      const { id: _, ...columns } = photo
      await tx.update(productPhotos).set(columns).where(eq(productPhotos.id, photoId))
      await showAnew(tx, known, photo)
      return ok({ value: null, action: 'photo.save', ...changed })
    },
    { product_photos_file: { code: 'same_photo' } },
  )

type Photo = typeof productPhotos.$inferSelect

const showAnew = (tx: Transaction, { productId, file }: Photo, photo: Photo) =>
  tx
    .update(variants)
    .set({ image: photo.file, imageAlt: photo.alt, imageBlur: photo.blur, imageColour: photo.colour })
    .where(and(eq(variants.productId, productId), eq(variants.image, file)))
