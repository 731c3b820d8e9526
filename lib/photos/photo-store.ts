import 'server-only'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import sharp, { type Metadata } from 'sharp'
import { centreCrop, type PhotoCrop, type Pixels, squareOf } from '#lib/domain/photo-crop.ts'
import { env } from '#lib/env.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makePhotoSizes, writeWhole } from './photo-sizes.ts'

/** A picture as the catalogue refers to it. `blur` is a data: URL of 16 px, `colour` `#rrggbb`. */
export type CutPhoto = {
  readonly file: string
  readonly original: string
  readonly crop: PhotoCrop
  readonly blur: string
  readonly colour: string
}

export type PhotoError =
  /** Not a JPEG, PNG, WebP or AVIF that can be read to its end. */
  | { readonly code: 'no_picture' }
  | { readonly code: 'too_many_pixels' }
  /** The shop shows pictures 1200 pixels wide; a part of fewer than `least` would be mush. */
  | { readonly code: 'too_small'; readonly least: number }

const READ: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'heif'])
/** 10,000 × 8,000: more than any camera of a shop, and what a small server can still hold. */
const PIXELS = 80_000_000
const LEAST_SIDE = 800
const SIDE = 1200
/** The longer side of what is kept for cutting anew. */
const KEPT = 4000
const ORIGINALS = 'originals'

// One core encodes at a time, whatever is uploaded: the others go on serving shoppers.
sharp.concurrency(1)
let last: Promise<unknown> = Promise.resolve()
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work)
  last = turn.catch(() => undefined)
  return turn
}

/** Keeps an upload, upright and without what the camera wrote into it, and cuts the square in its middle. */
export const takeUpload = (bytes: Uint8Array, name: string): Promise<Result<CutPhoto, PhotoError>> =>
  inTurn(async () => {
    const read = await readPicture(bytes)
    if (!read.ok) return read
    const upright = await read.value
      .autoOrient()
      .resize({ width: KEPT, height: KEPT, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 92 })
      .toBuffer()
      .catch(() => null)
    if (!upright) return err({ code: 'no_picture' })
    const original = `${hashOf(upright)}.webp`
    await writeWhole(join(env.PHOTOS_DIR, ORIGINALS, original), upright)
    return cut(upright, { original, name, crop: null })
  })

/** Cuts another square from a picture that was uploaded before. */
export const cutAnew = (original: string, crop: PhotoCrop, name: string): Promise<Result<CutPhoto, PhotoError>> =>
  inTurn(async () => cut(await readOriginal(original), { original, name, crop }))

/** What was uploaded. @param original as `takeUpload` named it. */
export const readOriginal = (original: string): Promise<Buffer> =>
  readFile(join(env.PHOTOS_DIR, ORIGINALS, parse(original).base))

async function readPicture(bytes: Uint8Array) {
  if (bytes.length === 0) return err({ code: 'no_picture' })
  // Reads the head only, so that what is too large is told as that.
  const head = sharp(bytes, { limitInputPixels: false })
  const metadata: Metadata | null = await head.metadata().catch(() => null)
  if (!metadata || !READ.has(metadata.format)) return err({ code: 'no_picture' })
  const { width, height } = metadata
  if (width * height > PIXELS) return err({ code: 'too_many_pixels' })
  if (Math.min(width, height) < LEAST_SIDE) return err({ code: 'too_small', least: LEAST_SIDE })
  return ok(sharp(bytes, { limitInputPixels: PIXELS, failOn: 'error' }))
}

/** Of a piece's name in an address, what its files carry: with hash and ending they fit into a backup (`tar.ts`). */
const NAME_LENGTH = 64

type Cut = { readonly original: string; readonly name: string; readonly crop: PhotoCrop | null }

/** @param crop null for the middle. */
async function cut(upright: Buffer, { original, name, crop: asked }: Cut): Promise<Result<CutPhoto, PhotoError>> {
  const { width, height }: Pixels = await sharp(upright).metadata()
  const crop = asked ?? centreCrop({ width, height })
  const { left, top, side } = squareOf(crop, { width, height })
  if (side < LEAST_SIDE) return err({ code: 'too_small', least: LEAST_SIDE })
  const square = await sharp(upright)
    .extract({ left, top, width: side, height: side })
    .resize(SIDE, SIDE)
    .webp({ quality: 90 })
    .toBuffer()
  const stem = `${name.slice(0, NAME_LENGTH)}-${hashOf(square)}`
  await writeWhole(join(env.PHOTOS_DIR, `${stem}.webp`), square)
  await makePhotoSizes(square, { folder: env.PHOTOS_DIR, name: stem })
  return ok({ file: `${stem}.webp`, original, crop, blur: await blurOf(square), colour: await colourOf(square) })
}

/** A picture never changes under its name: the name is made of what it shows. */
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex').slice(0, 16)

async function blurOf(square: Buffer): Promise<string> {
  const blur = await sharp(square).resize(16).webp({ quality: 40 }).toBuffer()
  return `data:image/webp;base64,${blur.toString('base64')}`
}

/** The colour that the middle has most of: the piece itself, not the ground it stands on. */
async function colourOf(square: Buffer): Promise<string> {
  const third = SIDE / 3
  const middle = await sharp(square).extract({ left: third, top: third, width: third, height: third }).toBuffer()
  const { dominant } = await sharp(middle).stats()
  return `#${[dominant.r, dominant.g, dominant.b].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
