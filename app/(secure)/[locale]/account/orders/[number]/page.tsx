import '../../../../../styles/account.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { requireAccount } from '#lib/auth/current-account.ts'
import { accountOrderPath, accountOrdersPath } from '#lib/paths.ts'
import { openedAccountOrder } from '../../../order/opened-order.ts'
import { OrderView } from '../../../order/order-view.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order')
  return { title: t('pageTitle') }
}

/** One of a customer's own orders; somebody else's is a page that does not exist. */
export default async function AccountOrderPage({ params }: PageProps<'/[locale]/account/orders/[number]'>) {
  const [locale, { number }, t] = await Promise.all([pageLocale(), params, getTranslations('customer.orders')])
  const here = accountOrderPath(locale, number)
  const account = await requireAccount(locale, here)
  const opened = await openedAccountOrder(account.id, number, locale)
  return (
    <OrderView
      locale={locale}
      opened={opened}
      orderKey={{ number: opened.order.number }}
      doors={`/api/account/orders/${opened.order.number}`}
      here={here}
    >
      <a className="link" href={accountOrdersPath(locale)}>
        {t('all')}
      </a>
    </OrderView>
  )
}
