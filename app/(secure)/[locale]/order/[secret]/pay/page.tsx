import '../../../../../styles/order.css'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { orderPath } from '#lib/paths.ts'
import { openedOrder } from '../../opened-order.ts'
import { PaySheet } from './pay-sheet.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order')
  return { title: t('choose') }
}

export default async function PayPage({ params, searchParams }: PageProps<'/[locale]/order/[secret]/pay'>) {
  const [locale, { secret }, query] = await Promise.all([pageLocale(), params, searchParams])
  const { order, attempts, shown, follow } = await openedOrder(secret, locale, { returned: false })
  if (!shown.payable) redirect(orderPath(locale, secret))
  return (
    <div className="frame order-page">
      <PaySheet
        locale={locale}
        secret={secret}
        by="order_link"
        payBefore={order.expiresAt}
        attempts={attempts}
        shown={shown}
        follow={follow}
        query={query}
      />
    </div>
  )
}
