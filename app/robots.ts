import type { MetadataRoute } from 'next'
import { LOCALES } from '#lib/domain/locale.ts'
import { env } from '#lib/env.ts'
import { cartPath, searchPath } from '#lib/paths.ts'

/** Everything may be read but what is personal or endless. */
export default function robots(): MetadataRoute.Robots {
  const personal = LOCALES.flatMap((locale) => [cartPath(locale), searchPath(locale)])
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/api/', ...personal, '/*/category/*/filter'] },
    sitemap: new URL('/sitemap.xml', env.PUBLIC_URL).href,
  }
}
