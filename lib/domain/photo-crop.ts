/**
 * The square of an upload that is shown, in ten-thousandths so that it holds for any number of pixels: `left` and
 * `size` of the picture's width, `top` of its height.
 */
export type PhotoCrop = { readonly left: number; readonly top: number; readonly size: number }

const WHOLE = 10_000

/** Pixels of an upload, and of a part of it. */
export type Pixels = { readonly width: number; readonly height: number }
export type Square = { readonly left: number; readonly top: number; readonly side: number }

/** The largest square in the middle: what an upload shows until somebody cuts it otherwise. */
export function centreCrop({ width, height }: Pixels): PhotoCrop {
  const side = Math.min(width, height)
  return {
    left: Math.round((((width - side) / 2) * WHOLE) / width),
    top: Math.round((((height - side) / 2) * WHOLE) / height),
    size: Math.round((side * WHOLE) / width),
  }
}

/**
 * The pixels of a crop, moved and made smaller where it would leave the picture.
 * @returns whole pixels; `side` is 1 at least.
 */
export function squareOf(crop: PhotoCrop, { width, height }: Pixels): Square {
  const side = Math.min(Math.max(1, Math.round((crop.size * width) / WHOLE)), width, height)
  const within = (offset: number, length: number) => Math.min(Math.max(0, Math.round(offset)), length - side)
  return {
    left: within((crop.left * width) / WHOLE, width),
    top: within((crop.top * height) / WHOLE, height),
    side,
  }
}
