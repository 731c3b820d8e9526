import type { Route } from 'next'
import { cachedCategories } from '#app/_cached/catalog.ts'
import { listProductSlugs } from '#db/catalog/list-product-slugs.ts'
import { DEFAULT_LOCALE, LOCALES, type Locale } from '#lib/domain/locale.ts'
import { env } from '#lib/env.ts'
import { alternatesFor } from '#lib/i18n/alternates.ts'
import { categoryPath, homePath, productPath } from '#lib/paths.ts'
import { escapeXml } from '#lib/xml.ts'
import { PIECES_IN_PART } from '../pieces-in-part.ts'

type Entry = { readonly pathIn: (locale: Locale) => Route; readonly changedAt?: Date }

const PART = /^(?:shelves|\d{1,10})\.xml$/

async function readEntries(part: string): Promise<Entry[]> {
  if (part === 'shelves') {
    const shelves = await cachedCategories(DEFAULT_LOCALE)
    return [{ pathIn: homePath }, ...shelves.map(({ slug }) => ({ pathIn: (l: Locale) => categoryPath(l, slug) }))]
  }
  const pieces = await listProductSlugs({ afterId: Number(part), limit: PIECES_IN_PART })
  return pieces.map(({ slug, publishedAt }) => ({ pathIn: (l) => productPath(l, slug), changedAt: publishedAt }))
}

const absolute = (path: Route) => escapeXml(new URL(path, env.PUBLIC_URL).href)

/** One address in each language, each naming all of them, as hreflang asks for. */
function toXml({ pathIn, changedAt }: Entry): string {
  const links = Object.entries(alternatesFor(DEFAULT_LOCALE, pathIn).languages)
    .map(([tag, path]) => `<xhtml:link rel="alternate" hreflang="${tag}" href="${absolute(path)}"/>`)
    .join('')
  const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''
  return LOCALES.map((locale) => `<url><loc>${absolute(pathIn(locale))}</loc>${changed}${links}</url>`).join('')
}

export async function GET(_: Request, { params }: RouteContext<'/sitemap/[part]'>): Promise<Response> {
  const { part } = await params
  const entries = PART.test(part) ? await readEntries(part.slice(0, -'.xml'.length)) : []
  if (entries.length === 0) return new Response(null, { status: 404 })
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${entries.map(toXml).join('')}</urlset>`
  return new Response(xml, { headers: { 'content-type': 'application/xml', 'cache-control': 'public, max-age=3600' } })
}
