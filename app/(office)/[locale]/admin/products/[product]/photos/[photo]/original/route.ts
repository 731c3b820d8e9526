import { readOriginal } from '#lib/photos/photo-store.ts'
import { findUploaded, readPiece } from '../../read-piece.ts'

/** What was uploaded, for staff alone: only a square of it is public. */
export async function GET(
  _: Request,
  { params }: RouteContext<'/[locale]/admin/products/[product]/photos/[photo]/original'>,
): Promise<Response> {
  const { product, photo } = await params
  const piece = await readPiece(product)
  const found = piece && findUploaded(piece, photo)
  if (!found) return new Response(null, { status: 404 })
  return new Response(new Uint8Array(await readOriginal(found.original)), {
    headers: {
      'content-type': 'image/webp',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
