import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { OrderFollower } from '#components/order/order-follower.tsx'
import { PaymentChoice } from '#components/order/payment-choice.tsx'
import type { AttemptView } from '#db/payments/list-attempts.ts'
import { offerNow } from '#lib/checkout/offer-now.ts'
import { elsewhere, methodsFor, offeredMethods, openAction } from '#lib/checkout/payment-methods.ts'
import type { ShownOrder } from '#lib/checkout/shown-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import type { OpenedBy } from '#lib/domain/opened-by.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { paymentProviders } from '#lib/payments/registry.ts'
import { WaitingAction } from './waiting-action.tsx'

const Query = z.object({
  method: z.string().max(40).optional().catch(undefined),
  provider: z.string().max(40).optional().catch(undefined),
  said: z.enum(['no_answer', 'choose_another', 'too_many_attempts']).optional().catch(undefined),
})

/** What is to be paid and the ways to, for the shopper and for who was asked to pay in their place. */
export async function PaySheet({
  locale,
  secret,
  by,
  payBefore,
  attempts,
  shown,
  follow,
  query: asked,
}: {
  locale: Locale
  secret: string
  by: OpenedBy
  payBefore: Date
  attempts: readonly AttemptView[]
  shown: Pick<ShownOrder, 'title' | 'total'>
  /** The version that the page has; null when nothing more is awaited. */
  follow: string | null
  query: unknown
}) {
  const [browser, t] = await Promise.all([headers(), getTranslations('order')])
  const query = Query.parse(asked)
  const { offered: names, resting } = await offerNow(browser, paymentProviders())
  const all = offeredMethods(paymentProviders())
  const offered = names.flatMap((name) => all.filter(({ provider }) => provider.name === name))
  const chosen = all.find(({ id }) => id === query.method)
  const waiting = chosen ? openAction(chosen, attempts) : null
  const provider = t(`provider.${(chosen ?? offered[0])?.provider.name ?? 'alipay'}`)
  const fitting = restLast(methodsFor(browser, offered, query.provider), resting)
  const others = elsewhere(browser, paymentProviders(), fitting)
  const methods = fitting.map((method) => {
    const by = { provider: t(`provider.${method.provider.name}`) }
    return { id: method.id, name: t(`method.${method.scene}.name`, by), hint: t(`method.${method.scene}.hint`, by) }
  })
  return (
    <>
      {follow === null ? null : <OrderFollower events={`/api/orders/${secret}/events`} version={follow} />}
      <header className="order-head">
        <p className="order-number">{shown.title}</p>
        <h1 className="title">{t('pay', { total: shown.total })}</h1>
        <p>{t('payBefore', { deadline: formatTime(payBefore, locale) })}</p>
        {query.said ? (
          <p className="order-said" role="alert">
            {t(`said.${query.said}`, { provider })}
          </p>
        ) : null}
      </header>
      {chosen && waiting ? (
        <WaitingAction locale={locale} secret={secret} by={by} method={chosen} action={waiting} total={shown.total} />
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
    </>
  )
}

/** Without the ways that fail for now, unless no other is left. */
function restLast<M extends { readonly id: string }>(
  methods: readonly M[],
  resting: ReadonlySet<string>,
): readonly M[] {
  const left = methods.filter(({ id }) => !resting.has(id))
  return left.length > 0 ? left : methods
}
