import '../../../../styles/form.css'
import '../../../../styles/account.css'
import '../../../../styles/customer.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { OrderCard } from '#components/order/order-card.tsx'
import { Button } from '#components/ui/button.tsx'
import { listAccountOrders } from '#db/orders/list-account-orders.ts'
import { requireAccount } from '#lib/auth/current-account.ts'
import { ORDER_FILTERS } from '#lib/domain/order-filter.ts'
import { orderListQuery, readOrderListQuery } from '#lib/orders/order-list-query.ts'
import { showListedOrder } from '#lib/orders/shown-order-list.ts'
import { accountOrdersPath } from '#lib/paths.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customer.orders')
  return { title: t('title') }
}

/** A customer's orders, newest first; filter, search and place in the list stand in the address. */
export default async function OrdersPage({ searchParams }: PageProps<'/[locale]/account/orders'>) {
  const [locale, asked, t] = await Promise.all([pageLocale(), searchParams, getTranslations('customer.orders')])
  const query = readOrderListQuery(asked)
  const here = accountOrdersPath(locale, orderListQuery(query))
  const account = await requireAccount(locale, here)
  const { orders, next } = await listAccountOrders(account.id, query)
  const now = new Date()
  return (
    <div className="frame account">
      <h1 className="title">{t('title')}</h1>
      <search>
        <form method="get" className="order-search">
          {query.filter === 'all' ? null : <input type="hidden" name="show" value={query.filter} />}
          <label htmlFor="order-search">{t('search')}</label>
          <input id="order-search" type="search" name="q" maxLength={80} defaultValue={query.search} />
          <Button type="submit" look="quiet">
            {t('find')}
          </Button>
        </form>
      </search>
      <nav aria-label={t('filters')} className="order-filters">
        {ORDER_FILTERS.map((filter) => (
          <a
            key={filter}
            className="link"
            href={accountOrdersPath(locale, orderListQuery({ filter, search: query.search, after: null }))}
            aria-current={filter === query.filter ? 'true' : undefined}
          >
            {t(`filter.${filter}`)}
          </a>
        ))}
      </nav>
      {orders.length === 0 ? (
        <p className="subtitle">{query.search || query.filter !== 'all' ? t('noneFound') : t('none')}</p>
      ) : (
        <ol className="order-list">
          {orders.map((order) => (
            <li key={order.id}>
              <OrderCard order={showListedOrder(order, locale, now)} />
            </li>
          ))}
        </ol>
      )}
      <nav aria-label={t('pages')} className="order-pages">
        {query.after ? (
          <a className="link" href={accountOrdersPath(locale, orderListQuery({ ...query, after: null }))}>
            {t('newest')}
          </a>
        ) : null}
        {next ? (
          <a className="link" rel="next" href={accountOrdersPath(locale, orderListQuery({ ...query, after: next }))}>
            {t('older')}
          </a>
        ) : null}
      </nav>
    </div>
  )
}
