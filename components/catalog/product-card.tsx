'use client'
import { ViewTransition } from 'react'
import { AddToCart } from '#components/cart/add-to-cart.tsx'
import { IntentLink } from '#components/shop/intent-link.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { productPath } from '#lib/paths.ts'
import { Photo } from './photo.tsx'

/**
 * A piece in a list. All of it are links, a picture and a button that live in the browser, so it crosses over as one:
 * in parts, a shelf of 24 would carry its markup a second time. Texts come ready from the grid.
 * @param eager for the few cards that are in the first view.
 * @param low the note says that few are left.
 */
export function ProductCard({
  slug,
  name,
  photo,
  alt,
  price,
  glazes,
  note,
  low,
  sku,
  locale,
  add,
  soldOut,
  eager,
  heading: Heading,
}: {
  slug: string
  name: string
  photo: string
  alt: string
  price: string
  glazes: string
  note?: string
  low?: boolean
  sku: string
  locale: Locale
  add: string
  soldOut?: boolean
  eager?: boolean
  heading: 'h2' | 'h3'
}) {
  return (
    <li className="piece">
      <IntentLink href={productPath(locale, slug)}>
        <ViewTransition name={`photo-${slug}`} share="morph" default="none">
          <Photo src={photo} alt={alt} use="card" priority={eager ?? false} />
        </ViewTransition>
        <Heading>{name}</Heading>
      </IntentLink>
      <p className="price">{price}</p>
      <p>{glazes}</p>
      {note ? <p className={low ? 'note-low' : undefined}>{note}</p> : null}
      <AddToCart sku={sku} name={name} locale={locale} label={add} soldOut={soldOut ?? false} />
    </li>
  )
}
