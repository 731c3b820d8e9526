import { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import type { ShopContact } from '#lib/domain/shop-contact.ts'
import { feedPath } from '#lib/paths.ts'

/** The end of every page: what we make, how, how to reach us, and how to follow. */
export async function SiteFooter({ locale, contact }: { locale: Locale; contact: ShopContact }) {
  const { address, phone, email } = contact
  const t = await getTranslations({ locale, namespace: 'shop' })
  return (
    <footer className="site-footer">
      <div className="frame">
        <p className="subtitle">{t('tagline')}</p>
        <div className="colophon">
          <p>{t('colophon')}</p>
          {address || phone || email ? (
            <address>
              {address ? <p>{address}</p> : null}
              {phone ? (
                <a className="link" href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
                  {phone}
                </a>
              ) : null}
              {email ? (
                <a className="link" href={`mailto:${email}`}>
                  {email}
                </a>
              ) : null}
            </address>
          ) : null}
          <p>
            <a className="link" href={feedPath(locale)}>
              {t('feed')}
            </a>
          </p>
        </div>
      </div>
    </footer>
  )
}
