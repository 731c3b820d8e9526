import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { AddPasskey } from '#components/passkey/add-passkey.tsx'
import { listPasskeys } from '#db/accounts/passkeys.ts'
import { currentSession } from '#lib/auth/current-session.ts'
import { makeChallenge } from '#lib/auth/passkey-challenge.ts'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { addPasskeyAction, removePasskeyAction } from './passkey-actions.ts'

/** The passkeys of somebody who works here; nothing for anybody else. */
export async function Passkeys({ locale }: { locale: Locale }) {
  const [session, t, tAccount] = await Promise.all([
    currentSession(),
    getTranslations('account.passkeys'),
    getTranslations('account'),
  ])
  if (!session?.staff) return null
  const passkeys = await listPasskeys(session.account.id)
  const day = new Intl.DateTimeFormat(LANGUAGE_TAG[locale], { dateStyle: 'medium', timeZone: 'Asia/Shanghai' })
  const wish = {
    challenge: makeChallenge(session.id, 'make', new Date()),
    account: Buffer.from(session.account.id.replaceAll('-', ''), 'hex').toString('base64url'),
    email: session.account.email,
    ids: passkeys.map(({ id }) => id),
  }
  return (
    <section className="account-part">
      <h2>{t('title')}</h2>
      <p>{t('text')}</p>
      <ul className="device-list">
        {passkeys.map(({ id, name, addedAt, usedAt }) => (
          <li key={id} className="device">
            <p>
              {name}
              <small>
                {usedAt ? t('used', { time: day.format(usedAt) }) : t('since', { time: day.format(addedAt) })}
              </small>
            </p>
            <DoorForm name={`passkey-${id.slice(0, 12)}`} action={removePasskeyAction} label={name}>
              <input type="hidden" name="passkey" value={id} />
              <SubmitButton look="quiet">{t('remove')}</SubmitButton>
            </DoorForm>
          </li>
        ))}
      </ul>
      {passkeys.length === 0 ? <p>{t('none')}</p> : null}
      <DoorForm name="add-passkey" action={addPasskeyAction}>
        <TextField name="name" label={t('name')} hint={t('nameHint')} maxLength={60} autoComplete="off" />
        <TextField name="password" label={tAccount('password')} type="password" autoComplete="current-password" />
        <input type="hidden" name="made" />
        <AddPasskey wish={wish} field="made" label={t('add')} failed={t('failed')} />
      </DoorForm>
    </section>
  )
}
