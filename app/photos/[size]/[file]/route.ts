import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '#lib/env.ts'
import { SIZE_FOLDERS } from '#lib/photos/photo-sizes.ts'

const FILE = /^[a-z0-9-]{1,120}\.(?<ending>avif|jpg)$/
const TYPES: Readonly<Record<string, string>> = { avif: 'image/avif', jpg: 'image/jpeg' }

/**
 * Photographs that the staff uploaded; those that came with the shop are files in `public`, which are found before this
 * is asked. A picture never changes under its name.
 */
export async function GET(_: Request, { params }: RouteContext<'/photos/[size]/[file]'>): Promise<Response> {
  const { size, file } = await params
  const type = TYPES[FILE.exec(file)?.groups?.['ending'] ?? '']
  const bytes =
    type && SIZE_FOLDERS.includes(size) ? await readFile(join(env.PHOTOS_DIR, size, file)).catch(() => null) : null
  if (!type || !bytes) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
  })
}
