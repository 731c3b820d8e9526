import { Panel } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import type { ProviderCheck } from '#db/payments/provider-checks.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { agreedFee } from '#lib/reconciliation/agreed-fee.ts'
import type { InPaymentWords } from './payment-words.ts'

const TONES = { ok: 'good', warning: 'open', error: 'bad' } as const

/** What each provider's check said: gateway, signatures, clock, and certificates that end within 30 days. */
export function ProviderHealth({ checks, t, locale }: InPaymentWords & { checks: readonly ProviderCheck[] }) {
  return (
    <Panel title={t('health.title')}>
      {checks.length === 0 ? <p>{t('health.notYet')}</p> : null}
      <ul className="health">
        {checks.map(({ provider, findings, checkedAt }) => (
          <li key={provider}>
            <h3>{t(`providers.${provider}`)}</h3>
            <ul>
              {findings.map(({ level, text }) => (
                <li key={text} lang="en">
                  <StatusMark tone={TONES[level]}>{text}</StatusMark>
                </li>
              ))}
              <li>{feeOf(provider, t)}</li>
            </ul>
            <small>{t('health.at', { at: formatTime(checkedAt, locale) })}</small>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function feeOf(provider: ProviderCheck['provider'], t: InPaymentWords['t']) {
  const basisPoints = agreedFee(provider)
  return basisPoints === null ? (
    <StatusMark tone="quiet">{t('health.noFee')}</StatusMark>
  ) : (
    <StatusMark tone="quiet">{t('health.fee', { percent: (basisPoints / 100).toFixed(2) })}</StatusMark>
  )
}
