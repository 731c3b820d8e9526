import { LOCALES, type Locale, type LocalizedText } from './locale.ts'

/** What a piece lacks before the shop can show it. `sku` names the variant that it is about. */
export type SaleGap =
  | { readonly what: 'name' | 'description' | 'material'; readonly locale: Locale }
  | { readonly what: 'variant' }
  | { readonly what: 'picture'; readonly sku: string }
  | { readonly what: 'alt'; readonly sku: string; readonly locale: Locale }

/** What a person has to have filled in of a piece. An empty text is one that nobody has written yet. */
export type PieceForSale = {
  readonly name: LocalizedText
  readonly description: LocalizedText
  readonly material: LocalizedText
  readonly variants: readonly {
    readonly sku: string
    readonly offered: boolean
    /** Empty without a picture. */
    readonly image: string
    readonly imageAlt: LocalizedText
  }[]
}

/** The languages in which a text is still to be written. */
export const emptyIn = (text: LocalizedText): readonly Locale[] =>
  LOCALES.filter((locale) => text[locale].trim() === '')

/** All that stands in the way of selling a piece; empty when nothing does. Only variants that are offered count. */
export function saleGaps({ variants, ...texts }: PieceForSale): readonly SaleGap[] {
  const gaps: SaleGap[] = (['name', 'description', 'material'] as const).flatMap((what) =>
    emptyIn(texts[what]).map((locale) => ({ what, locale })),
  )
  const offered = variants.filter((variant) => variant.offered)
  if (offered.length === 0) gaps.push({ what: 'variant' })
  for (const { sku, image, imageAlt } of offered) {
    if (image === '') gaps.push({ what: 'picture', sku })
    else for (const locale of emptyIn(imageAlt)) gaps.push({ what: 'alt', sku, locale })
  }
  return gaps
}
