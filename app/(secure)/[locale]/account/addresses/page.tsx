import '../../../../styles/form.css'
import '../../../../styles/account.css'
import '../../../../styles/customer.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { listAddresses } from '#db/addresses/list-addresses.ts'
import { requireAccount } from '#lib/auth/current-account.ts'
import { addressLines, MOST_ADDRESSES } from '#lib/domain/address.ts'
import { LANGUAGE_TAG } from '#lib/domain/locale.ts'
import { addressesPath, addressPath } from '#lib/paths.ts'
import { makeDefaultAddressAction, removeAddressAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customer.addresses')
  return { title: t('title') }
}

/** The address book. */
export default async function AddressesPage() {
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('customer.addresses')])
  const account = await requireAccount(locale, addressesPath(locale))
  const addresses = await listAddresses(account.id)
  const countries = new Intl.DisplayNames(LANGUAGE_TAG[locale], { type: 'region' })
  return (
    <div className="frame account">
      <h1 className="title">{t('title')}</h1>
      {addresses.length === 0 ? <p className="subtitle">{t('none')}</p> : null}
      <ul className="address-list">
        {addresses.map((address) => {
          const country = countries.of(address.country) ?? address.country
          const lines = [...addressLines({ ...address, country }, address.country === 'CN'), address.phone]
          const about = { about: `${address.recipient}, ${address.street}` }
          return (
            <li key={address.id} className="address-card">
              {address.isDefault ? <p className="order-note">{t('default')}</p> : null}
              <address>
                {lines.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </address>
              <div className="address-acts">
                <a className="link" href={addressPath(locale, address.id)} aria-label={t('changeThis', about)}>
                  {t('change')}
                </a>
                {address.isDefault ? null : (
                  <ActionForm action={makeDefaultAddressAction} className="order-act">
                    <input type="hidden" name="id" value={address.id} />
                    <button type="submit" className="link" aria-label={t('makeDefaultThis', about)}>
                      {t('makeDefault')}
                    </button>
                  </ActionForm>
                )}
                <ActionForm action={removeAddressAction} className="order-act">
                  <input type="hidden" name="id" value={address.id} />
                  <button type="submit" className="link" aria-label={t('removeThis', about)}>
                    {t('remove')}
                  </button>
                </ActionForm>
              </div>
            </li>
          )
        })}
      </ul>
      {addresses.length < MOST_ADDRESSES ? (
        <a className={buttonClass()} href={addressPath(locale, 'new')}>
          {t('add')}
        </a>
      ) : (
        <p>{t('refused.too_many')}</p>
      )}
    </div>
  )
}
