'use server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { savePhoto } from '#db/catalog/desk/save-photo.ts'
import { idField, versionField } from '#lib/catalog/product-form.ts'
import { officeProductPath } from '#lib/office-paths.ts'
import { cutAnew } from '#lib/photos/photo-store.ts'
import { err } from '#lib/result.ts'
import { answerEdit } from '../../../answer-edit.ts'
import { findUploaded, readPiece } from '../read-piece.ts'

/** Percent of the picture as people write it, in the ten-thousandths that a crop is kept in. */
const share = z.coerce
  .number()
  .min(0)
  .max(100)
  .transform((percent) => Math.round(percent * 100))

export const cropPhotoAction = staffAction(
  'catalogue.edit',
  z.object({ product: idField, version: versionField, photo: idField, left: share, top: share, size: share }),
  async (fields, { permit, locale }) => {
    const piece = await readPiece(String(fields.product))
    const photo = piece && findUploaded(piece, String(fields.photo))
    if (!piece || !photo) return answerEdit(locale, err({ code: 'unknown_photo' }), 'saved')
    const { left, top, size } = fields
    const cut = await cutAnew(photo.original, { left, top, size }, piece.slug)
    if (!cut.ok) return answerEdit(locale, cut, 'saved')
    const seen = { productId: piece.id, version: fields.version }
    const saved = await savePhoto(permit, seen, { photoId: photo.id, cut: cut.value })
    if (saved.ok) redirect(officeProductPath(locale, piece.id))
    return answerEdit(locale, saved, 'saved')
  },
  { limit: 'upload' },
)
