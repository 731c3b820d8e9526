import '../../../../../styles/form.css'
import '../../../../../styles/account.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { pageLocale } from '#app/page-locale.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { findAccountLink } from '#db/accounts/find-account-link.ts'
import { linkStanding } from '#lib/domain/account-links.ts'
import { isSecret } from '#lib/domain/secret.ts'
import { mailedLinkPath } from '#lib/paths.ts'
import {
  acceptInvitationAction,
  changeEmailAction,
  confirmAction,
  renewLinkAction,
  resetAction,
  signInByLinkAction,
} from './actions.ts'

export const instant = false

const ACTIONS = {
  confirm: confirmAction,
  sign_in: signInByLinkAction,
  reset: resetAction,
  change_email: changeEmailAction,
  invite: acceptInvitationAction,
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('link.title') }
}

/** Where a mailed link leads. It does nothing by itself: what it is for is one press away. */
export default async function LinkPage({ params }: PageProps<'/[locale]/account/link/[secret]'>) {
  const [locale, { secret }, t] = await Promise.all([pageLocale(), params, getTranslations('account')])
  const found = isSecret(secret) ? await findAccountLink(secret) : null
  const standing = found ? linkStanding(found.link, new Date()) : 'unknown'
  const kind = found?.link.kind
  const email = found?.link.email ?? ''
  const open = standing === 'good' && kind !== undefined
  // Who is invited may have an account already, or begins one.
  const begins = kind === 'confirm' || (kind === 'invite' && found?.account.confirmedAt === null)
  return (
    <div className="frame account">
      <h1 className="title">{open ? t(`link.${kind}.title`) : t('link.title')}</h1>
      <DoorForm name="mailed-link-use" action={open ? ACTIONS[kind] : renewLinkAction} key={open ? kind : 'renew'}>
        <input type="hidden" name="secret" value={secret} />
        {open ? (
          <>
            <p>{t(`link.${kind}.text`, { email })}</p>
            {begins ? (
              <TextField
                name="name"
                label={t('name')}
                hint={t('nameHint')}
                optional={t('optional')}
                autoComplete="name"
              />
            ) : null}
            {begins || kind === 'reset' ? (
              <>
                <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
                <TextField
                  name="password"
                  label={t('newPassword')}
                  hint={t('passwordHint')}
                  type="password"
                  autoComplete="new-password"
                />
              </>
            ) : null}
            <SubmitButton>{t(`link.${kind}.action`)}</SubmitButton>
          </>
        ) : (
          <>
            <p>{t(`link.${standing === 'good' ? 'unknown' : standing}`)}</p>
            {found && kind !== 'invite' ? (
              <SubmitButton>{t('link.renew')}</SubmitButton>
            ) : (
              <a className="link" href={mailedLinkPath(locale)}>
                {t('mailedLink.title')}
              </a>
            )}
          </>
        )}
      </DoorForm>
    </div>
  )
}
