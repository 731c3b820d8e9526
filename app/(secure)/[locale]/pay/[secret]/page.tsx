import '../../../../styles/order.css'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { OrderFollower } from '#components/order/order-follower.tsx'
import { OrderLines } from '#components/order/order-lines.tsx'
import { OrderRows } from '#components/order/order-rows.tsx'
import { readOptionNames } from '#db/catalog/read-option-names.ts'
import { findSharedOrder } from '#db/orders/find-shared-order.ts'
import { openPayment } from '#db/orders/open-order.ts'
import { listAttempts } from '#db/payments/list-attempts.ts'
import { showOrder } from '#lib/checkout/shown-order.ts'
import { isUnderWay, type OrderStatus, orderVersion } from '#lib/domain/order-status.ts'
import { isSecret } from '#lib/domain/secret.ts'
import { payerPath } from '#lib/paths.ts'
import { PaySheet } from '../../order/[secret]/pay/pay-sheet.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customer.payer')
  return { title: t('pageTitle') }
}

/** What somebody who was asked to pay hears of an order; of the rest they hear nothing. */
const HEARD = {
  review: 'looking',
  confirming: 'confirming',
  closing: 'looking',
  started: 'payable',
  awaiting: 'payable',
  refunded: 'over',
  surplus: 'paid',
  refunded_in_part: 'paid',
  completed: 'paid',
  sent_in_part: 'paid',
  sent: 'paid',
  delivered: 'paid',
  paid: 'paid',
  money_goes_back: 'over',
  expired: 'over',
  cancelled: 'over',
} as const satisfies Record<OrderStatus, string>

export default async function PayerPage({ params, searchParams }: PageProps<'/[locale]/pay/[secret]'>) {
  const [locale, { secret }, query] = await Promise.all([pageLocale(), params, searchParams])
  const [shared, standing] = isSecret(secret)
    ? await Promise.all([findSharedOrder(secret), openPayment(secret)])
    : [null, null]
  if (!shared || !standing) notFound()
  const [t, attempts, optionNames] = await Promise.all([
    getTranslations('customer.payer'),
    listAttempts(shared.id),
    readOptionNames(locale),
  ])
  const record = { ...shared, email: '', address: null, events: [] }
  const returned = query['returned'] !== undefined
  const shown = showOrder(record, attempts, { locale, optionNames, returned, now: new Date() })
  const heard = HEARD[shown.status]
  const taken = shared.endedAt !== null && (heard === 'payable' || heard === 'confirming')
  const said = taken || heard === 'payable' ? 'taken' : heard
  const follow = isUnderWay(standing) ? orderVersion(standing) : null
  return (
    <div className="frame order-page">
      {heard === 'payable' && !taken ? (
        <PaySheet
          locale={locale}
          secret={secret}
          by="payment_link"
          payBefore={shared.expiresAt}
          attempts={attempts}
          shown={shown}
          follow={follow}
          query={query}
        />
      ) : (
        <header className="order-head">
          {follow === null ? null : <OrderFollower events={`/api/orders/${secret}/events`} version={follow} />}
          <p className="order-number">{shown.title}</p>
          <h1 className="title">{t(`${said}.heading`)}</h1>
          <p aria-live="polite">{t(`${said}.text`)}</p>
          {heard === 'confirming' && !taken ? (
            <a className="link" href={payerPath(locale, secret)}>
              {t('notYet')}
            </a>
          ) : null}
        </header>
      )}
      {taken ? null : (
        <div className="order-body">
          <section aria-label={t('pieces')}>
            <OrderLines lines={shown.lines} />
          </section>
          <section aria-label={t('sums')} className="order-sums">
            <OrderRows rows={shown.sums} />
            <p className="order-note">{t('note')}</p>
          </section>
        </div>
      )}
    </div>
  )
}
