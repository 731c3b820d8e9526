import { getTranslations } from 'next-intl/server'
import { cachedNewestProducts } from '#app/_cached/catalog.ts'
import { isLocale, LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { env } from '#lib/env.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { feedPath, homePath, productPath } from '#lib/paths.ts'
import { escapeXml } from '#lib/xml.ts'

const NEWEST = 20

const absolute = (path: string) => escapeXml(new URL(path, env.PUBLIC_URL).href)

async function toRss(locale: Locale): Promise<string> {
  const [t, pieces] = await Promise.all([
    getTranslations({ locale, namespace: 'shop' }),
    cachedNewestProducts(locale, NEWEST),
  ])
  const items = pieces.map((piece) => {
    const address = absolute(productPath(locale, piece.slug))
    const words = [...piece.glazes.map((glaze) => glaze.name), formatPrice(piece.priceFromFen, locale)].join(' · ')
    return `<item><title>${escapeXml(piece.name)}</title><link>${address}</link><guid>${address}</guid><description>${escapeXml(words)}</description></item>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${escapeXml(t('feedTitle'))}</title><link>${absolute(homePath(locale))}</link><atom:link href="${absolute(feedPath(locale))}" rel="self" type="application/rss+xml"/><description>${escapeXml(t('tagline'))}</description><language>${LANGUAGE_TAG[locale]}</language>${items.join('')}</channel></rss>`
}

/** The newest pieces for feed readers, in one language. */
export async function GET(_: Request, { params }: RouteContext<'/[locale]/feed.xml'>): Promise<Response> {
  const { locale } = await params
  if (!isLocale(locale)) return new Response(null, { status: 404 })
  return new Response(await toRss(locale), { headers: { 'content-type': 'application/rss+xml; charset=utf-8' } })
}
