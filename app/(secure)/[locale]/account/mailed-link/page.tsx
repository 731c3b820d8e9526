import '../../../../styles/form.css'
import '../../../../styles/account.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { pageLocale } from '#app/page-locale.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { EMAIL_AT_MOST } from '#lib/domain/email.ts'
import { signInPath, signUpPath } from '#lib/paths.ts'
import { mailLinkAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('mailedLink.title') }
}

/** For who has no password at hand: a link to sign in, or one to choose a new password. */
export default async function MailedLinkPage() {
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('account')])
  return (
    <div className="frame account">
      <h1 className="title">{t('mailedLink.title')}</h1>
      <DoorForm name="mailed-link" action={mailLinkAction}>
        <p>{t('mailedLink.text')}</p>
        <TextField name="email" label={t('email')} type="email" autoComplete="email" maxLength={EMAIL_AT_MOST} />
        <SubmitButton name="wish" value="sign_in">
          {t('mailedLink.signIn')}
        </SubmitButton>
        <SubmitButton look="quiet" name="wish" value="reset">
          {t('mailedLink.reset')}
        </SubmitButton>
        <p>
          <a className="link" href={signInPath(locale)}>
            {t('signUp.known')}
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
