import '../../../../../styles/checkout.css'
import '../../../../../styles/form.css'
import '../../../../../styles/account.css'
import '../../../../../styles/customer.css'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { AddressForm } from '#components/address/address-form.tsx'
import { findAddress } from '#db/addresses/list-addresses.ts'
import { addressValues } from '#lib/addresses/address-values.ts'
import { NO_ADDRESS, showAddressForm } from '#lib/addresses/address-view.ts'
import { requireAccount } from '#lib/auth/current-account.ts'
import { addressesPath, addressPath } from '#lib/paths.ts'
import { saveAddressAction } from '../actions.ts'

export const instant = false

export async function generateMetadata({ params }: PageProps<'/[locale]/account/addresses/[id]'>): Promise<Metadata> {
  const [{ id }, t] = await Promise.all([params, getTranslations('customer.addresses')])
  return { title: t(id === 'new' ? 'add' : 'change') }
}

/** A new address, or one of the book to be changed. */
export default async function AddressPage({ params }: PageProps<'/[locale]/account/addresses/[id]'>) {
  const [locale, { id }, t] = await Promise.all([pageLocale(), params, getTranslations('customer.addresses')])
  const account = await requireAccount(locale, addressPath(locale, id))
  const isNew = id === 'new'
  const known = isNew || !z.uuid().safeParse(id).success ? null : await findAddress(account.id, id)
  if (!isNew && !known) notFound()
  const words = {
    paste: t('paste'),
    pasteHint: t('pasteHint'),
    split: t('split.go'),
    asDefault: t('asDefault'),
    save: t('save'),
  }
  return (
    <div className="frame account">
      <h1 className="title">{t(isNew ? 'add' : 'change')}</h1>
      <AddressForm
        action={saveAddressAction}
        view={showAddressForm(known ? addressValues(known) : { ...NO_ADDRESS, recipient: account.name ?? '' }, locale)}
        words={words}
        id={known?.id ?? null}
        isDefault={known?.isDefault ?? false}
      />
      <a className="link" href={addressesPath(locale)}>
        {t('all')}
      </a>
    </div>
  )
}
