import '../../../../styles/form.css'
import '../../../../styles/account.css'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { pageLocale } from '#app/page-locale.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { currentAccount } from '#lib/auth/current-account.ts'
import { EMAIL_AT_MOST } from '#lib/domain/email.ts'
import { accountPath, signInPath } from '#lib/paths.ts'
import { signUpAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('signUp.title') }
}

export default async function SignUpPage() {
  const [locale, account, t] = await Promise.all([pageLocale(), currentAccount(), getTranslations('account')])
  if (account) redirect(accountPath(locale))
  return (
    <div className="frame account">
      <h1 className="title">{t('signUp.title')}</h1>
      <DoorForm name="sign-up" action={signUpAction}>
        <p>{t('signUp.text')}</p>
        <TextField name="email" label={t('email')} type="email" autoComplete="email" maxLength={EMAIL_AT_MOST} />
        <SubmitButton>{t('signUp.action')}</SubmitButton>
        <a className="link" href={signInPath(locale)}>
          {t('signUp.known')}
        </a>
      </DoorForm>
    </div>
  )
}
