import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { env } from '#lib/env.ts'

/** What every page says of itself unless it says it better. */
export async function shopMetadata(): Promise<Metadata> {
  const t = await getTranslations('shop')
  return {
    metadataBase: new URL(env.PUBLIC_URL),
    title: { default: `${t('name')} — ${t('kind')}`, template: `%s — ${t('name')}` },
    description: t('tagline'),
    openGraph: { siteName: t('name'), images: [{ url: '/comptoir.jpg', width: 1200, height: 630, alt: t('name') }] },
    // Next repeats all of Open Graph for it, and those who read this one read that too.
    twitter: null,
    other: { 'twitter:card': 'summary_large_image' },
  }
}
