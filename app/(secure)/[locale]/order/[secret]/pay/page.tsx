import '../../../../../styles/order.css'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { OrderFollower } from '#components/order/order-follower.tsx'
import { PaymentChoice } from '#components/order/payment-choice.tsx'
import { elsewhere, methodsFor, offeredMethods, openAction } from '#lib/checkout/payment-methods.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { orderPath } from '#lib/paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'
import { openedOrder } from '../opened-order.ts'
import { WaitingAction } from './waiting-action.tsx'

export const instant = false

const Query = z.object({
  method: z.string().max(40).optional().catch(undefined),
  provider: z.string().max(40).optional().catch(undefined),
  said: z.enum(['no_answer', 'choose_another', 'too_many_attempts']).optional().catch(undefined),
})

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order')
  return { title: t('choose') }
}

export default async function PayPage({ params, searchParams }: PageProps<'/[locale]/order/[secret]/pay'>) {
  const [locale, { secret }, query, browser, t] = await Promise.all([
    pageLocale(),
    params,
    searchParams.then((asked) => Query.parse(asked)),
    headers(),
    getTranslations('order'),
  ])
  const { order, attempts, shown, follow } = await openedOrder(secret, locale, { returned: false })
  if (!shown.payable) redirect(orderPath(locale, secret))

  const offered = offeredMethods(paymentProviders())
  const chosen = offered.find(({ id }) => id === query.method)
  const waiting = chosen ? openAction(chosen, attempts) : null
  const provider = t(`provider.${(chosen ?? offered[0])?.provider.name ?? 'alipay'}`)
  const fitting = methodsFor(browser, offered, query.provider)
  const others = elsewhere(browser, paymentProviders(), fitting)
  const methods = fitting.map((method) => {
    const by = { provider: t(`provider.${method.provider.name}`) }
    return { id: method.id, name: t(`method.${method.scene}.name`, by), hint: t(`method.${method.scene}.hint`, by) }
  })
  return (
    <div className="frame order-page">
      {follow === null ? null : <OrderFollower events={`/api/orders/${secret}/events`} version={follow} />}
      <header className="order-head">
        <p className="order-number">{shown.title}</p>
        <h1 className="title">{t('pay', { total: shown.total })}</h1>
        <p>{t('payBefore', { deadline: formatTime(order.expiresAt, locale) })}</p>
        {query.said ? (
          <p className="order-said" role="alert">
            {t(`said.${query.said}`, { provider })}
          </p>
        ) : null}
      </header>
      {chosen && waiting ? (
        <WaitingAction locale={locale} secret={secret} method={chosen} action={waiting} total={shown.total} />
      ) : methods.length > 0 ? (
        <PaymentChoice
          action={`/api/orders/${secret}/pay?locale=${locale}`}
          methods={methods}
          legend={t('choose')}
          submit={t('go', { total: shown.total })}
        />
      ) : others.length === 0 ? (
        <p>{t('none')}</p>
      ) : null}
      {waiting
        ? null
        : others.map((other) => (
            <p key={other.provider} className="order-note">
              {t(`elsewhere.${other.from === 'wechat' && other.to === 'phone' ? 'leave_wechat' : other.to}`, {
                provider: t(`provider.${other.provider}`),
              })}
            </p>
          ))}
    </div>
  )
}
