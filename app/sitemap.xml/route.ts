import { connection } from 'next/server'
import { listSitemapParts } from '#db/catalog/list-sitemap-parts.ts'
import { env } from '#lib/env.ts'
import { escapeXml } from '#lib/xml.ts'
import { PIECES_IN_PART } from '../sitemap/pieces-in-part.ts'

/** The index: one part for the shelves, then the pieces in parts that each stay below the 50,000 addresses allowed. */
export async function GET(): Promise<Response> {
  await connection()
  const parts = ['shelves', ...(await listSitemapParts(PIECES_IN_PART)).map(String)]
  const entries = parts.map(
    (part) => `<sitemap><loc>${escapeXml(new URL(`/sitemap/${part}.xml`, env.PUBLIC_URL).href)}</loc></sitemap>`,
  )
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`
  return new Response(xml, { headers: { 'content-type': 'application/xml', 'cache-control': 'public, max-age=3600' } })
}
