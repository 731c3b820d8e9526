import { getImageProps } from 'next/image'

/** Widths in CSS pixels of what the optimiser is asked for; a card never needs the largest. */
const CARD_LIMIT = 828

/**
 * A photograph with its candidates for every screen, without any JavaScript of its own.
 * @param priority for the one picture that the eye meets first: fetched at once, ahead of scripts.
 * @param limit widest candidate offered, in pixels.
 */
export function Photo({
  src,
  alt,
  sizes,
  width = 1200,
  height = 1200,
  priority = false,
  limit = CARD_LIMIT,
  className = '',
}: {
  src: string
  alt: string
  sizes: string
  width?: number
  height?: number
  priority?: boolean
  limit?: number
  className?: string
}) {
  const { props } = getImageProps({ src: `/photos/${src}`, alt, width, height, sizes })
  const candidates = (props.srcSet ?? '').split(', ').filter((entry) => Number(/ (\d+)w$/.exec(entry)?.[1]) <= limit)
  const fallback = candidates.at(-1)?.split(' ')[0] ?? props.src
  return (
    // biome-ignore lint/performance/noImgElement: next/image is a client component; its attributes alone are enough here.
    <img
      className={`photo ${className}`}
      sizes={sizes}
      srcSet={candidates.join(', ')}
      src={fallback}
      alt={alt}
      width={width}
      height={height}
      {...(priority ? { fetchPriority: 'high' as const } : { loading: 'lazy' as const, decoding: 'async' as const })}
    />
  )
}
