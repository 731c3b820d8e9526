import { NextResponse } from 'next/server'
import { tooMany } from '#app/_doors/too-many.ts'
import { addPhoto } from '#db/catalog/desk/add-photo.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { readBody } from '#lib/http/read-body.ts'
import { requestPlace } from '#lib/http/request-place.ts'
import { isSameOrigin } from '#lib/http/same-origin.ts'
import { officeProductPath, withQuery } from '#lib/office-paths.ts'
import { takeUpload } from '#lib/photos/photo-store.ts'
import { readPiece } from './read-piece.ts'

/** Next keeps no more than this of a body that goes through the proxy. */
const BYTES = 10_000_000

/**
 * Takes a picture for a piece and leads back to it. A route and not an action, so that who may not is turned away
 * before the first byte of a picture is read, and no other form of the shop may be as large.
 */
export async function POST(request: Request, { params }: RouteContext<'/[locale]/admin/products/[product]/photos'>) {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 })
  const permit = await permitted('catalogue.edit')
  const { locale } = await requestPlace()
  const product = await readPiece((await params).product)
  if (!product) return new Response(null, { status: 404 })
  const back = (upload: string) =>
    NextResponse.redirect(new URL(withQuery(officeProductPath(locale, product.id), { upload }), request.url), 303)

  const held = await tooMany('upload', permit.staffId, { locale })
  if (held) return held
  const body = await readBody(request, BYTES)
  if (!body) return back('too_large')
  const form = await new Response(new Uint8Array(body), { headers: request.headers }).formData().catch(() => null)
  const picture = form?.get('picture')
  if (!(picture instanceof File)) return back('no_picture')
  const taken = await takeUpload(new Uint8Array(await picture.arrayBuffer()), product.slug)
  if (!taken.ok) return back(taken.error.code)
  const version = Number(form?.get('version'))
  const added = await addPhoto(permit, { productId: product.id, version }, taken.value)
  return back(added.ok ? 'taken' : added.error.code)
}
