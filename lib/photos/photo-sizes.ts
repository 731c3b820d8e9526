import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import type { PhotoWidth } from '#lib/paths.ts'

const PIECE_WIDTHS: readonly PhotoWidth[] = [384, 828, 1200]
const SCENE_WIDTHS: readonly PhotoWidth[] = [828, 1200, 1920]
/** Soft light and plain grounds: below this the glaze begins to smear. */
const AVIF = { quality: 58, effort: 4 }
/** For those who share a link: their robots know JPEG, not always AVIF. */
const SHARED = { folder: 'shared', width: 1200, jpeg: { quality: 72, mozjpeg: true } }

/** Where the sizes of photographs lie below their folder; what else is asked for is none of ours. */
export const SIZE_FOLDERS: readonly string[] = [
  ...new Set([...PIECE_WIDTHS, ...SCENE_WIDTHS].map(String)),
  SHARED.folder,
]

/**
 * Makes the sizes in which the shop shows a photograph, those that are not there yet: AVIF in each width, and a JPEG of
 * a piece for links that are shared.
 * @param name without its ending.
 * @returns how many were made.
 */
export async function makePhotoSizes(
  picture: string | Buffer,
  { folder, name, scene = false }: { readonly folder: string; readonly name: string; readonly scene?: boolean },
): Promise<number> {
  const sizes = (scene ? SCENE_WIDTHS : PIECE_WIDTHS).map((width) => ({
    path: join(folder, String(width), `${name}.avif`),
    encode: () => sharp(picture).resize(width).avif(AVIF),
  }))
  const shared = {
    path: join(folder, SHARED.folder, `${name}.jpg`),
    encode: () => sharp(picture).resize(SHARED.width).jpeg(SHARED.jpeg),
  }
  let made = 0
  for (const { path, encode } of scene ? sizes : [...sizes, shared]) {
    if (existsSync(path)) continue
    await writeWhole(path, await encode().toBuffer())
    made++
  }
  return made
}

/** Writes a file so that nobody ever reads half of it. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const beside = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(beside, bytes)
  await rename(beside, path)
}
