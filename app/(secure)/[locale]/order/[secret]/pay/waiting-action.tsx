import { getTranslations } from 'next-intl/server'
import { GatewayForm } from '#components/order/gateway-form.tsx'
import { RenewCode } from '#components/order/renew-code.tsx'
import { WechatButton } from '#components/order/wechat-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import { isOver, type openAction, type PaymentMethod } from '#lib/checkout/payment-methods.ts'
import type { Locale } from '#lib/domain/locale.ts'
import type { OpenedBy } from '#lib/domain/opened-by.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { choicePath, outcomePath } from '#lib/paths.ts'
import { isPractising } from '#lib/payments/registry.ts'

type Action = NonNullable<ReturnType<typeof openAction>>

/** What is left to do on our own page to pay by `method`, and the ways out. */
export async function WaitingAction({
  locale,
  secret,
  by,
  method,
  action,
  total,
}: {
  locale: Locale
  secret: string
  by: OpenedBy
  method: PaymentMethod
  action: Action
  total: string
}) {
  const t = await getTranslations('order')
  const told = { provider: t(`provider.${method.provider.name}`), total }
  const paidHref = outcomePath(by, locale, secret, 'returned=1')
  return (
    <section className="order-head">
      {action.kind === 'qr' ? (
        <form action={`/api/orders/${secret}/pay?locale=${locale}`} method="post" className="order-code">
          <Code action={action} locale={locale} told={told} />
          <input type="hidden" name="method" value={method.id} />
          <RenewCode afterMs={action.expiresAt.getTime() - Date.now()} />
        </form>
      ) : action.kind === 'form' ? (
        <>
          <p>{t('form.text', told)}</p>
          <GatewayForm url={action.url} fields={action.fields} submit={t('form.go', told)} />
        </>
      ) : (
        <>
          <p>{t('jsapi.text', told)}</p>
          <WechatButton
            parameters={action.parameters}
            paidHref={paidHref}
            label={t('jsapi.go', told)}
            said={{ cancelled: t('jsapi.cancelled'), failed: t('jsapi.failed'), outside: t('jsapi.outside') }}
          />
        </>
      )}
      <div className="order-acts">
        <a className="link" href={paidHref}>
          {t('paidAlready')}
        </a>
        <a className="link" href={choicePath(by, locale, secret)}>
          {t('qr.another')}
        </a>
      </div>
    </section>
  )
}

/** The code, or the button that brings a new one. */
async function Code({
  action,
  locale,
  told,
}: {
  action: Extract<Action, { kind: 'qr' }>
  locale: Locale
  told: { readonly provider: string; readonly total: string }
}) {
  const t = await getTranslations('order')
  if (isOver(action, new Date())) {
    return (
      <>
        <p>{t('qr.over')}</p>
        <Button type="submit">{t('qr.renew')}</Button>
      </>
    )
  }
  return (
    <>
      <QrCode className="payment-code" text={action.text} label={t('qr.alt', told)} />
      <p>{t('qr.scan', told)}</p>
      {action.text.startsWith('http') ? (
        <a className="link" href={action.text} rel="noreferrer">
          {t('qr.open', told)}
        </a>
      ) : null}
      {isPractising() && !action.text.startsWith('http') ? (
        <p className="order-note">
          {t('qr.practice')} <code>{action.text}</code>
        </p>
      ) : null}
      <p>{t('qr.stay')}</p>
      <p className="order-note">{t('qr.until', { deadline: formatTime(action.expiresAt, locale) })}</p>
    </>
  )
}
