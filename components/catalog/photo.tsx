'use client'
/** Widths that the optimiser makes, in pixels: those of next.config.ts. */
const WIDTHS = [384, 828, 1200, 1920] as const

const optimised = (photo: string, width: number) =>
  `/_next/image?url=%2Fphotos%2F${encodeURIComponent(photo)}&w=${width}&q=75`

/**
 * A photograph with its candidates for every screen. A client component only so that a page carries the name of the
 * picture to React instead of all its addresses a second time; it does nothing in the browser. `next/image` would do,
 * at six times the script.
 * @param priority for the few that the eye meets first: fetched at once, ahead of scripts.
 * @param limit widest candidate offered, in pixels.
 */
export function Photo({
  src,
  alt,
  sizes,
  width = 1200,
  height = 1200,
  priority,
  limit = 828,
}: {
  src: string
  alt: string
  sizes: string
  width?: number
  height?: number
  priority?: boolean
  limit?: (typeof WIDTHS)[number]
}) {
  return (
    // biome-ignore lint/performance/noImgElement: see above.
    <img
      className="photo"
      sizes={sizes}
      srcSet={WIDTHS.filter((candidate) => candidate <= limit)
        .map((candidate) => `${optimised(src, candidate)} ${candidate}w`)
        .join(',')}
      src={optimised(src, limit)}
      alt={alt}
      width={width}
      height={height}
      {...(priority ? { fetchPriority: 'high' as const } : { loading: 'lazy' as const, decoding: 'async' as const })}
    />
  )
}
