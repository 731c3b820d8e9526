import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { LocalizedText } from '#lib/domain/locale.ts'
import type { Transaction } from '../../client.ts'
import { productPhotos } from '../schema.ts'

/** The columns that a variant copies from the picture it shows. */
export type VariantPhoto = {
  readonly image: string
  readonly imageAlt: LocalizedText
  readonly imageBlur: string
  readonly imageColour: string
}

/** What a variant has that nobody has photographed yet. */
export const NO_PHOTO: VariantPhoto = {
  image: '',
  imageAlt: { en: '', fr: '', zh: '' },
  imageBlur: '',
  imageColour: '#000000',
}

/** A picture of this piece as its variants copy it; `photoId` null is none. Undefined when the piece has no such one. */
export async function readVariantPhoto(
  tx: Transaction,
  productId: number,
  photoId: number | null,
): Promise<VariantPhoto | undefined> {
  if (photoId === null) return NO_PHOTO
  const [photo] = await tx
    .select({
      image: productPhotos.file,
      imageAlt: productPhotos.alt,
      imageBlur: productPhotos.blur,
      imageColour: productPhotos.colour,
    })
    .from(productPhotos)
    .where(and(eq(productPhotos.id, photoId), eq(productPhotos.productId, productId)))
  return photo
}
