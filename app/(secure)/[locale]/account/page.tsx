import '../../../styles/form.css'
import '../../../styles/account.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { pageLocale } from '#app/page-locale.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { requireAccount } from '#lib/auth/current-account.ts'
import { accountMessagesPath, accountPath, accountSecurityPath } from '#lib/paths.ts'
import { signOutAction } from './actions.ts'
import { Overview } from './overview.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('title') }
}

export default async function AccountPage() {
  const [locale, t, messages] = await Promise.all([
    pageLocale(),
    getTranslations('account'),
    getTranslations('mailChoices'),
  ])
  const account = await requireAccount(locale, accountPath(locale))
  return (
    <div className="frame account">
      <h1 className="title">{t('title')}</h1>
      <div className="account-parts">
        <Overview locale={locale} accountId={account.id} />
        <section className="account-part">
          <p>{t('signedInAs', { email: account.email })}</p>
          <p>
            <a className="link" href={accountSecurityPath(locale)}>
              {t('security')}
            </a>
          </p>
          <p>
            <a className="link" href={accountMessagesPath(locale)}>
              {messages('title')}
            </a>
          </p>
          <DoorForm name="sign-out" action={signOutAction}>
            <SubmitButton look="quiet">{t('signOut')}</SubmitButton>
          </DoorForm>
        </section>
      </div>
    </div>
  )
}
