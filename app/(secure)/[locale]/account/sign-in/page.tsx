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
import { oneValue } from '#lib/http/one-value.ts'
import { ownPath } from '#lib/http/own-path.ts'
import { accountPath, mailedLinkPath, signUpPath } from '#lib/paths.ts'
import { signInAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('signIn.title') }
}

export default async function SignInPage({ searchParams }: PageProps<'/[locale]/account/sign-in'>) {
  const [locale, account, query, t] = await Promise.all([
    pageLocale(),
    currentAccount(),
    searchParams,
    getTranslations('account'),
  ])
  const next = ownPath(oneValue(query['next']))
  if (account) redirect(next ?? accountPath(locale))
  return (
    <div className="frame account">
      <h1 className="title">{t('signIn.title')}</h1>
      <DoorForm name="sign-in" action={signInAction}>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <TextField name="email" label={t('email')} type="email" autoComplete="username" maxLength={2 * EMAIL_AT_MOST} />
        <TextField name="password" label={t('password')} type="password" autoComplete="current-password" />
        <SubmitButton>{t('signIn.action')}</SubmitButton>
        <p>
          <a className="link" href={mailedLinkPath(locale)}>
            {t('mailedLink.title')}
          </a>
          {' · '}
          <a className="link" href={signUpPath(locale)}>
            {t('signIn.newHere')}
          </a>
        </p>
      </DoorForm>
    </div>
  )
}
