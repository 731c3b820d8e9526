import '../../../../styles/order.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { OrderFollower } from '#components/order/order-follower.tsx'
import { OrderLines } from '#components/order/order-lines.tsx'
import { OrderRefunds } from '#components/order/order-refunds.tsx'
import { OrderRows } from '#components/order/order-rows.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { isAwaitingPayment } from '#lib/domain/order-status.ts'
import { orderPath, payPath } from '#lib/paths.ts'
import { openedOrder } from './opened-order.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order')
  return { title: t('pageTitle') }
}

export default async function OrderPage({ params, searchParams }: PageProps<'/[locale]/order/[secret]'>) {
  const [locale, { secret }, query, t] = await Promise.all([
    pageLocale(),
    params,
    searchParams,
    getTranslations('order'),
  ])
  const { order, shown, refunds, follow } = await openedOrder(secret, locale, {
    returned: query['returned'] !== undefined,
  })
  const doors = `/api/orders/${secret}`
  const awaiting = isAwaitingPayment(order)
  return (
    <div className="frame order-page">
      {follow === null ? null : <OrderFollower events={`${doors}/events`} version={follow} />}
      <header className="order-head">
        <p className="order-number">{shown.title}</p>
        <h1 className="title">{shown.heading}</h1>
        <p aria-live="polite">{shown.text}</p>
        {query['said'] === 'still_payable' ? <p className="order-said">{t('said.still_payable')}</p> : null}
        <div className="order-acts">
          {shown.payable ? (
            <a className={shown.status === 'confirming' ? 'link' : buttonClass()} href={payPath(locale, secret)}>
              {shown.status === 'confirming' ? t('payAnyway') : t('pay', { total: shown.total })}
            </a>
          ) : null}
          {shown.payable && shown.status !== 'confirming' ? (
            <form action={`${doors}/cancel?locale=${locale}`} method="post">
              <button type="submit" className="link">
                {t('cancel')}
              </button>
            </form>
          ) : null}
          {awaiting ? (
            <noscript>
              <a className="link" href={orderPath(locale, secret)}>
                {t('lookAgain')}
              </a>
            </noscript>
          ) : null}
        </div>
      </header>
      <div className="order-body">
        <section aria-label={t('pieces')}>
          <OrderLines lines={shown.lines} />
        </section>
        <div>
          <section aria-label={t('total')} className="order-sums">
            <OrderRows rows={shown.sums} />
          </section>
          {shown.receipts.map((rows) => (
            <section key={rows.at(-1)?.[1]} className="order-receipt">
              <OrderRows rows={rows} />
            </section>
          ))}
          <OrderRefunds refunds={refunds} title={t('refund.title')} />
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
            <p className="order-note">{t('keep')}</p>
          </section>
        </div>
      </div>
    </div>
  )
}
