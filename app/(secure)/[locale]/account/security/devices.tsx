import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { listDevices } from '#db/accounts/list-devices.ts'
import type { Account } from '#lib/domain/account.ts'
import { deviceName } from '#lib/domain/device-name.ts'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { endDeviceAction, signOutEverywhereAction } from './actions.ts'

/** Where somebody is signed in, each device with the way to sign it out. */
export async function Devices({ account, locale }: { account: Account; locale: Locale }) {
  const [devices, t] = await Promise.all([listDevices(account.id, new Date()), getTranslations('account.devices')])
  const time = new Intl.DateTimeFormat(LANGUAGE_TAG[locale], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
  })
  return (
    <section className="account-part">
      <h2>{t('title')}</h2>
      <ul className="device-list">
        {devices.map(({ sessionId, userAgent, ip, seenAt }) => {
          const { browser, system } = deviceName(userAgent ?? '')
          const name = [browser, system].filter(Boolean).join(' · ') || t('unnamed')
          return (
            <li key={sessionId} className="device">
              <p>
                {name}
                <small>
                  {sessionId === account.sessionId ? t('this') : t('seen', { time: time.format(seenAt) })}
                  {ip ? ` · ${ip}` : ''}
                </small>
              </p>
              {sessionId === account.sessionId ? null : (
                <DoorForm name={`device-${sessionId}`} action={endDeviceAction} label={name}>
                  <input type="hidden" name="device" value={sessionId} />
                  <SubmitButton look="quiet">{t('end')}</SubmitButton>
                </DoorForm>
              )}
            </li>
          )
        })}
      </ul>
      <DoorForm name="sign-out-everywhere" action={signOutEverywhereAction}>
        <SubmitButton look="quiet">{t('endAll')}</SubmitButton>
      </DoorForm>
    </section>
  )
}
