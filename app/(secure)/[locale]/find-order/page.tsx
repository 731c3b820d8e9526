import '../../../styles/form.css'
import '../../../styles/account.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { accountOrdersPath } from '#lib/paths.ts'
import { findOrderAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customer.find')
  return { title: t('title') }
}

/** A guest's way to an order whose link they have lost. */
export default async function FindOrderPage() {
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('customer.find')])
  return (
    <div className="frame account">
      <h1 className="title">{t('title')}</h1>
      <div className="account-part">
        <p>{t('text')}</p>
        <ActionForm action={findOrderAction}>
          <TextField name="number" label={t('number')} hint={t('numberHint')} autoComplete="off" spellCheck={false} />
          <TextField name="email" label={t('email')} type="email" autoComplete="email" spellCheck={false} />
          <SubmitButton>{t('go')}</SubmitButton>
        </ActionForm>
        <a className="link" href={accountOrdersPath(locale)}>
          {t('account')}
        </a>
      </div>
    </div>
  )
}
