import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Metadata } from 'sharp'
import { env } from '../env.ts'
import { err, ok, type Result } from '../result.ts'

/** A photograph of a shopper as it is kept; the name is that of its file, and nobody can guess it. */
export type KeptPhoto = { readonly name: string; readonly width: number; readonly height: number }
export type PhotoRefusal = { readonly code: 'no_picture' | 'too_many_pixels' | 'too_heavy' }

export const MOST_PHOTO_BYTES = 10_000_000
/** As telephones have them; a picture of 50,000 × 50,000 would fill the memory. */
const MOST_PIXELS = 60_000_000
const LONGER_SIDE = 2_000
const READ: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'heif'])
/** What the four begin with. Nothing else is shown to the decoder, which knows SVG and PDF too. */
const BEGINS: readonly (readonly [at: number, bytes: string])[] = [
  [0, 'ffd8ff'],
  [0, '89504e470d0a1a0a'],
  [8, '57454250'],
  [4, '6674797061766966'],
]
const NAME = /^[\w-]{43}$/

const folder = () => join(env.PHOTOS_DIR, 'requests')
const fileOf = (name: string) => join(folder(), `${name}.jpg`)

/**
 * Keeps a photograph: drawn anew from its pixels, upright, so that nothing else that was in the file is left – no place,
 * no camera, no second file behind the picture.
 */
export async function keepPhoto(bytes: Uint8Array): Promise<Result<KeptPhoto, PhotoRefusal>> {
  if (bytes.length > MOST_PHOTO_BYTES) return err({ code: 'too_heavy' })
  if (!isPicture(bytes)) return err({ code: 'no_picture' })
  const metadata: Metadata | null = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (!metadata || !READ.has(metadata.format)) return err({ code: 'no_picture' })
  if (metadata.width * metadata.height > MOST_PIXELS) return err({ code: 'too_many_pixels' })
  const drawn = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    .autoOrient()
    .resize({ width: LONGER_SIDE, height: LONGER_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer({ resolveWithObject: true })
    .catch(() => null)
  if (!drawn) return err({ code: 'no_picture' })
  const name = randomBytes(32).toString('base64url')
  await mkdir(folder(), { recursive: true })
  await writeFile(fileOf(name), drawn.data, { flag: 'wx' })
  return ok({ name, width: drawn.info.width, height: drawn.info.height })
}

function isPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return BEGINS.some(([at, begin]) => head.startsWith(begin, at * 2))
}

/** The bytes of a photograph, a JPEG; null where there is none of that name. */
export async function readPhoto(name: string): Promise<Buffer<ArrayBuffer> | null> {
  if (!NAME.test(name)) return null
  return readFile(fileOf(name)).catch(() => null)
}

/** Throws photographs away that belong to nothing. */
export async function dropPhotos(photos: readonly KeptPhoto[]): Promise<void> {
  for (const { name } of photos) await rm(fileOf(name), { force: true })
}
