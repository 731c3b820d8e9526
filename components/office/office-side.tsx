import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LanguageSwitch } from '#components/shop/language-switch.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { officePath } from '#lib/office-paths.ts'
import { type NavGroup, OfficeNav } from './office-nav.tsx'

const MENU_ID = 'office-menu'

/**
 * Name, rooms, who one is. Beside the page where there is room; on a narrow screen a popover, which opens without
 * JavaScript. @param person what stands at its end: who is signed in, and the way out.
 */
export async function OfficeSide({
  locale,
  groups,
  person,
}: {
  locale: Locale
  groups: readonly NavGroup[]
  person: ReactNode
}) {
  const t = await getTranslations('office')
  return (
    <header className="office-side">
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <div className="office-bar">
        <a className="office-wordmark" href={officePath(locale)}>
          {t('name')}
        </a>
        <button className="office-menu-toggle" type="button" popoverTarget={MENU_ID}>
          {t('menu')}
        </button>
      </div>
      <div className="office-menu" id={MENU_ID} popover="auto">
        <button className="office-menu-close" type="button" popoverTarget={MENU_ID} popoverTargetAction="hide">
          {t('close')}
        </button>
        <OfficeNav label={t('navigation')} groups={groups} />
        <div className="office-person">
          {person}
          <LanguageSwitch current={locale} label={t('language')} />
        </div>
      </div>
    </header>
  )
}
