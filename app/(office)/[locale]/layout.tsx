import '../../styles/office.css'
import type { Metadata } from 'next'
import { connection } from 'next/server'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { fontVariables } from '#app/fonts.ts'
import { pageLocale } from '#app/page-locale.ts'
import { OfficeKeys } from '#components/office/office-keys.tsx'
import { OfficeSide } from '#components/office/office-side.tsx'
import { currentSession } from '#lib/auth/current-session.ts'
import { LANGUAGE_TAG, LOCALES } from '#lib/domain/locale.ts'
import { env } from '#lib/env.ts'
import { navigationFor } from './navigation.ts'
import { OfficePerson } from './office-person.tsx'

export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }))

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office')
  return {
    metadataBase: new URL(env.PUBLIC_URL),
    title: { default: `${t('title')} — ${t('name')}`, template: `%s — ${t('title')}` },
    robots: { index: false },
    referrer: 'same-origin',
  }
}

/**
 * The back office: a document and a style sheet of its own. As in the secure part of the shop nothing of a page is made
 * before its request, so that each script carries the nonce of that request (`proxy.ts`).
 */
export default function OfficeLayout({ children }: { children: React.ReactNode }) {
  return (
    <Suspense>
      <OfficeDocument>{children}</OfficeDocument>
    </Suspense>
  )
}

async function OfficeDocument({ children }: { children: React.ReactNode }) {
  await connection()
  const locale = await pageLocale()
  // Pages ask for themselves and send away who may not; here nobody is, so that a refusal still has its document.
  const session = await currentSession()
  const roles = session?.staff?.roles ?? []
  const groups = await navigationFor(locale, roles)
  const keys = groups.flatMap(({ rooms }) => rooms.map(({ key, href }) => ({ key, href })))
  return (
    <html lang={LANGUAGE_TAG[locale]} className={fontVariables}>
      <body>
        <OfficeSide
          locale={locale}
          groups={groups}
          person={session && <OfficePerson account={session.account} roles={roles} />}
        />
        <main className="office-main" id="content" tabIndex={-1}>
          {children}
        </main>
        <OfficeKeys rooms={keys} />
      </body>
    </html>
  )
}
