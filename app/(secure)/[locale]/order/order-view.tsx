import '../../../styles/order.css'
import '../../../styles/order-request.css'
import '../../../styles/form.css'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { OrderFollower } from '#components/order/order-follower.tsx'
import { OrderLines } from '#components/order/order-lines.tsx'
import { OrderParcels } from '#components/order/order-parcels.tsx'
import { OrderRefunds } from '#components/order/order-refunds.tsx'
import { OrderRows } from '#components/order/order-rows.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { mayAct } from '#lib/domain/order-acts.ts'
import { isAwaitingPayment } from '#lib/domain/order-status.ts'
import type { OrderKey } from './keyed-order.ts'
import type { OpenedOrder } from './opened-order.ts'
import { actFacts, OrderActs } from './order-acts.tsx'
import { OrderRequests } from './order-requests.tsx'
import { OrderReviews } from './order-reviews.tsx'
import { PaymentSharing } from './payment-sharing.tsx'

/**
 * All of an order and what can be done with it: for a guest by the secret of the address, for a customer by its number.
 * @param doors where its events and papers are.
 * @param here the address of the page itself.
 */
export async function OrderView({
  locale,
  opened,
  orderKey,
  doors,
  here,
  children,
}: {
  locale: Locale
  opened: OpenedOrder
  orderKey: OrderKey
  doors: string
  here: string
  children?: ReactNode
}) {
  const t = await getTranslations('order')
  const documents = await getTranslations('customer.documents')
  const { order, shown, refunds, parcels, follow } = opened
  const facts = actFacts(opened, new Date())
  return (
    <div className="frame order-page">
      {follow === null ? null : <OrderFollower events={`${doors}/events`} version={follow} />}
      <header className="order-head">
        <p className="order-number">{shown.title}</p>
        <h1 className="title">{shown.heading}</h1>
        <p aria-live="polite">{shown.text}</p>
        <OrderActs locale={locale} orderKey={orderKey} facts={facts} shown={shown} asked={opened.askedToCancel} />
        {isAwaitingPayment(order) ? (
          <noscript>
            <a className="link" href={here}>
              {t('lookAgain')}
            </a>
          </noscript>
        ) : null}
        {children}
      </header>
      <div className="order-body">
        <div>
          <section>
            <h2 className="sr-only">{t('pieces')}</h2>
            <OrderLines lines={shown.lines} />
          </section>
          {'number' in orderKey ? <OrderReviews locale={locale} order={order} /> : null}
        </div>
        <div>
          <OrderParcels parcels={parcels} title={t('parcels')} track={t('track')} />
          <section aria-label={t('total')} className="order-sums">
            <OrderRows rows={shown.sums} />
          </section>
          {shown.receipts.map((rows) => (
            <section key={rows.at(-1)?.[1]} className="order-receipt">
              <OrderRows rows={rows} />
            </section>
          ))}
          {mayAct('documents', facts) ? (
            <p className="order-papers">
              <a className="link" href={`${doors}/documents/invoice`}>
                {documents('invoice')}
              </a>
              <a className="link" href={`${doors}/documents/receipt`}>
                {documents('receipt')}
              </a>
            </p>
          ) : null}
          <OrderRequests locale={locale} orderKey={orderKey} order={order} />
          <OrderRefunds refunds={refunds} title={t('refund.title')} />
          {mayAct('share_payment', facts) ? (
            <PaymentSharing locale={locale} orderKey={orderKey} orderId={order.id} />
          ) : null}
          {shown.address.length > 0 ? (
            <section>
              <h2>{t('sentTo')}</h2>
              <address>
                {shown.address.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </address>
            </section>
          ) : null}
          <section>
            <h2>{t('history')}</h2>
            <ol className="order-history">
              {shown.history.map(([at, what]) => (
                <li key={`${at} ${what}`}>
                  {what}
                  <small>{at}</small>
                </li>
              ))}
            </ol>
            {'secret' in orderKey ? <p className="order-note">{t('keep')}</p> : null}
          </section>
        </div>
      </div>
    </div>
  )
}
