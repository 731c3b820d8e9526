import '../../../../../../styles/office/ship.css'
import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { Facts } from '#components/office/facts.tsx'
import { Notice } from '#components/office/notice.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { readRequest } from '#db/after-sales/read-request.ts'
import { readRefundDesk } from '#db/refunds/read-refund-desk.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { parseOrderNumber } from '#lib/domain/order-number.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { officeOrderPath } from '#lib/office-paths.ts'
import { Proposals } from '../../../returns/proposals.tsx'
import { readAskedWish } from './asked-wish.ts'
import { RefundPreviewPanel } from './refund-preview.tsx'
import { WishForms } from './wish-forms.tsx'

export const instant = false

export async function generateMetadata({
  params,
}: PageProps<'/[locale]/admin/orders/[number]/refund'>): Promise<Metadata> {
  const [{ number }, t] = [await params, await getTranslations('officeReturns')]
  return { title: t('refundTitle', { number }) }
}

/** Money of an order goes back: what, worked out before it is done, then done or proposed. */
export default async function RefundPage({
  params,
  searchParams,
}: PageProps<'/[locale]/admin/orders/[number]/refund'>) {
  const permit = await permitted('refunds.request')
  const reading = await permitted('orders.read')
  const [locale, { number: typed }, query, t] = await Promise.all([
    pageLocale(),
    params,
    searchParams,
    getTranslations('officeReturns'),
  ])
  const number = parseOrderNumber(typed)
  const desk = number && (await readRefundDesk(permit, number))
  if (!desk) notFound()
  const asked = z.uuid().safeParse(query['request']).data
  const request = asked ? await readRequest(reading, asked) : null
  if (asked && request?.orderId !== desk.id) notFound()
  const fixed = request ? request.lines.filter(({ quantity }) => quantity > 0) : null
  const positions = desk.lines.map(({ position }) => position)
  const wish = readAskedWish(query, positions, fixed?.map(({ position, quantity }) => ({ position, quantity })) ?? null)
  const price = (amount: Fen | bigint) => formatPrice(toFen(amount), locale)
  const said = query['said']
  return (
    <OfficePage
      title={t('refundTitle', { number: desk.number })}
      trail={<a href={officeOrderPath(locale, desk.number)}>{t('toOrder')}</a>}
    >
      {said === 'started' ? <Notice tone="good">{t('started')}</Notice> : null}
      {said === 'proposed' ? <Notice tone="good">{t('proposed')}</Notice> : null}
      {wish === 'not_an_amount' ? <Notice tone="bad">{t('notAnAmount')}</Notice> : null}
      <Proposals permit={reading} locale={locale} orderId={desk.id} />
      <div className="office-columns">
        <div>
          {desk.rest && desk.rest.amount > 0n ? (
            <WishForms desk={desk} request={request} query={query} locale={locale} />
          ) : (
            <Notice>{t(desk.rest ? 'nothingLeft' : 'refused.not_paid')}</Notice>
          )}
          {wish && wish !== 'not_an_amount' ? (
            <RefundPreviewPanel
              desk={desk}
              wish={wish}
              request={request}
              requestId={request?.id ?? randomUUID()}
              locale={locale}
            />
          ) : null}
        </div>
        <Panel title={t('money')}>
          <Facts
            sums
            facts={[
              { name: t('paid'), value: price(desk.captured) },
              { name: t('refunded'), value: price(desk.refunded) },
              { name: t('underWay'), value: price(desk.refunding) },
              { name: t('restGoods'), value: price(desk.rest?.goods ?? 0n) },
              { name: t('restShipping'), value: price(desk.rest?.shipping ?? 0n) },
              { name: t('rest'), value: price(desk.rest?.amount ?? 0n), strong: true },
            ]}
          />
        </Panel>
      </div>
    </OfficePage>
  )
}
