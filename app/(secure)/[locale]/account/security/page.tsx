import '../../../../styles/form.css'
import '../../../../styles/account.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { pageLocale } from '#app/page-locale.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { requireAccount } from '#lib/auth/current-account.ts'
import { EMAIL_AT_MOST } from '#lib/domain/email.ts'
import { LANGUAGE_NAME, LOCALES } from '#lib/domain/locale.ts'
import { accountDataPath, accountPath, accountSecurityPath } from '#lib/paths.ts'
import { changeEmailAction, changePasswordAction, changeProfileAction, eraseAccountAction } from './actions.ts'
import { Devices } from './devices.tsx'
import { Passkeys } from './passkeys.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('security') }
}

export default async function SecurityPage() {
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('account')])
  const account = await requireAccount(locale, accountSecurityPath(locale))
  const password = <TextField name="password" label={t('password')} type="password" autoComplete="current-password" />
  return (
    <div className="frame account">
      <p>
        <a className="link" href={accountPath(locale)}>
          {t('title')}
        </a>
      </p>
      <h1 className="title">{t('security')}</h1>
      <div className="account-parts account-parts-two">
        <section className="account-part">
          <h2>{t('profile.title')}</h2>
          <DoorForm name="profile" action={changeProfileAction}>
            <TextField
              name="name"
              label={t('name')}
              hint={t('nameHint')}
              optional={t('optional')}
              autoComplete="name"
              maxLength={80}
              defaultValue={account.name ?? ''}
            />
            <div className="form-field">
              <label htmlFor="profile-locale">{t('profile.language')}</label>
              <select id="profile-locale" name="locale" defaultValue={account.locale} key={account.locale}>
                {LOCALES.map((language) => (
                  <option key={language} value={language} lang={language}>
                    {LANGUAGE_NAME[language]}
                  </option>
                ))}
              </select>
            </div>
            <SubmitButton>{t('profile.action')}</SubmitButton>
          </DoorForm>
        </section>
        <Devices account={account} locale={locale} />
        <Passkeys locale={locale} />
        <section className="account-part">
          <h2>{t('changePassword.title')}</h2>
          <DoorForm name="change-password" action={changePasswordAction}>
            {password}
            <TextField
              name="newPassword"
              label={t('newPassword')}
              hint={t('passwordHint')}
              type="password"
              autoComplete="new-password"
            />
            <SubmitButton>{t('changePassword.action')}</SubmitButton>
          </DoorForm>
        </section>
        <section className="account-part">
          <h2>{t('changeEmail.title')}</h2>
          <DoorForm name="change-email" action={changeEmailAction}>
            <p>{t('signedInAs', { email: account.email })}</p>
            <TextField
              name="email"
              label={t('changeEmail.new')}
              type="email"
              autoComplete="email"
              maxLength={EMAIL_AT_MOST}
            />
            {password}
            <SubmitButton>{t('changeEmail.action')}</SubmitButton>
          </DoorForm>
        </section>
        <section className="account-part">
          <h2>{t('data.title')}</h2>
          <p>{t('data.text')}</p>
          <p>
            <a className="link" href={accountDataPath(locale)} download>
              {t('data.action')}
            </a>
          </p>
        </section>
        <section className="account-part">
          <h2>{t('erase.title')}</h2>
          <DoorForm name="erase" action={eraseAccountAction}>
            <p>{t('erase.text')}</p>
            {password}
            <SubmitButton look="quiet">{t('erase.action')}</SubmitButton>
          </DoorForm>
        </section>
      </div>
    </div>
  )
}
