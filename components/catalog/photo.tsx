'use client'
import { type PhotoWidth, photoPath } from '#lib/paths.ts'

type Use = { readonly sizes: string; readonly widths: readonly [PhotoWidth, ...PhotoWidth[]]; readonly height: number }

/** Where a photograph stands decides its candidates. Pieces are square, scenes 16:10; `height` is of 1200 across. */
const USES = {
  choice: { sizes: '6rem', widths: [384], height: 1200 },
  // Two across on a phone, three on anything wider.
  card: { sizes: '(min-width:48rem) 31vw,46vw', widths: [384, 828], height: 1200 },
  // Half of a wide screen beside the text, all of a narrow one.
  piece: { sizes: '(min-width:64rem) 56vw,100vw', widths: [828, 1200], height: 1200 },
  scene: { sizes: '100vw', widths: [828, 1200, 1920], height: 750 },
} as const satisfies Record<string, Use>

/**
 * A photograph in the sizes that were made ahead of time. A client component only so that a page carries the name of
 * the picture to React instead of all its addresses a second time; it does nothing in the browser.
 * @param priority for the few that the eye meets first: fetched at once, ahead of scripts.
 */
export function Photo({
  src,
  alt,
  use,
  priority = false,
}: {
  src: string
  alt: string
  use: keyof typeof USES
  priority?: boolean
}) {
  const { sizes, widths, height }: Use = USES[use]
  return (
    // biome-ignore lint/performance/noImgElement: next/image would encode on request, and bring six times the script.
    <img
      className="photo"
      sizes={sizes}
      srcSet={widths.map((width) => `${photoPath(src, width)} ${width}w`).join(',')}
      src={photoPath(src, widths[0])}
      alt={alt}
      width={1200}
      height={height}
      {...(priority ? { fetchPriority: 'high' as const } : { loading: 'lazy' as const, decoding: 'async' as const })}
    />
  )
}
