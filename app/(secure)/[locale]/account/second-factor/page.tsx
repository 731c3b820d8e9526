import '../../../../styles/form.css'
import '../../../../styles/account.css'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { pageLocale } from '#app/page-locale.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { GivePasskey } from '#components/passkey/give-passkey.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import { currentSession } from '#lib/auth/current-session.ts'
import { secretToEnrol } from '#lib/auth/give-code.ts'
import { askForPasskey } from '#lib/auth/passkeys.ts'
import { staffStanding } from '#lib/domain/session-rules.ts'
import { oneValue } from '#lib/http/one-value.ts'
import { ownPath } from '#lib/http/own-path.ts'
import { accountPath, signInPath } from '#lib/paths.ts'
import { giveCodeAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('secondFactor.title') }
}

/** Between the password of staff and the back office: the code of their device, taken here at the first time, or a passkey. */
export default async function SecondFactorPage({ searchParams }: PageProps<'/[locale]/account/second-factor'>) {
  const [locale, session, query, t] = await Promise.all([
    pageLocale(),
    currentSession(),
    searchParams,
    getTranslations('account'),
  ])
  const next = ownPath(oneValue(query['next']))
  if (!session) redirect(signInPath(locale, next ?? ''))
  if (!session.staff) redirect(accountPath(locale))
  const open = staffStanding(session, new Date()) === 'open'
  const enrol = open || session.staff.enrolled ? null : await secretToEnrol(session.account.id, session.account.email)
  const passkey = open ? null : await askForPasskey(session, new Date())
  return (
    <div className="frame account">
      <h1 className="title">{t('secondFactor.title')}</h1>
      <DoorForm name="second-factor" action={giveCodeAction} className="form second-factor">
        {open ? (
          <a className={buttonClass()} href={next ?? accountPath(locale)}>
            {t('secondFactor.goOn')}
          </a>
        ) : (
          <>
            {enrol ? (
              <>
                <p>{t('secondFactor.enrol')}</p>
                <QrCode className="second-factor-code" text={enrol.address} label={t('secondFactor.scan')} />
                <p className="form-hint">
                  {t('secondFactor.byHand')} <code>{enrol.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
                </p>
              </>
            ) : null}
            {next ? <input type="hidden" name="next" value={next} /> : null}
            <TextField
              name="code"
              label={t('secondFactor.code')}
              hint={enrol ? undefined : t('secondFactor.lost')}
              autoComplete="one-time-code"
              inputMode={enrol ? 'numeric' : 'text'}
              maxLength={40}
              autoFocus
            />
            <SubmitButton>{t('secondFactor.action')}</SubmitButton>
            {passkey ? (
              <GivePasskey field="code" question={passkey} label={t('passkeys.use')} failed={t('passkeys.failed')} />
            ) : null}
          </>
        )}
      </DoorForm>
    </div>
  )
}
