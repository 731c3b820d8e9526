import 'server-only'
import { type DeskPhoto, type DeskProduct, readDeskProduct } from '#db/catalog/desk/read-desk-product.ts'
import { permitted } from '#lib/auth/current-staff.ts'

const ID = /^\d{1,9}$/

/** The piece that an address names; null when there is none. */
export async function readPiece(product: string): Promise<DeskProduct | null> {
  const permit = await permitted('catalogue.read')
  return ID.test(product) ? readDeskProduct(permit, Number(product)) : null
}

/** One of its pictures that was uploaded, and can be cut anew. */
export function findUploaded(product: DeskProduct, photo: string): (DeskPhoto & { readonly original: string }) | null {
  const found = product.photos.find(({ id }) => String(id) === photo)
  return found?.original ? { ...found, original: found.original } : null
}
