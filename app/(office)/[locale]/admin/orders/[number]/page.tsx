import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { OfficePage } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { nameActors } from '#db/accounts/name-actors.ts'
import { listRequestsOf } from '#db/after-sales/list-requests-of.ts'
import { listParcelsOf } from '#db/fulfilment/list-parcels-of.ts'
import { readEvidence } from '#db/office/read-evidence.ts'
import { readOrder } from '#db/office/read-order.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { OPEN_REQUEST_STATES } from '#lib/domain/order-list.ts'
import { orderMarks } from '#lib/domain/order-marks.ts'
import { parseOrderNumber } from '#lib/domain/order-number.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { sayActor } from '#lib/office/say-actor.ts'
import { officeOrdersPath } from '#lib/office-paths.ts'
import { OrderActs } from './order-acts.tsx'
import { OrderHold } from './order-hold.tsx'
import { OrderLines } from './order-lines.tsx'
import { OrderMoney } from './order-money.tsx'
import { OrderNotes } from './order-notes.tsx'
import { OrderPeople } from './order-people.tsx'
import { OrderSendings } from './order-sendings.tsx'
import { OrderTimeline } from './order-timeline.tsx'

export const instant = false

export async function generateMetadata({ params }: PageProps<'/[locale]/admin/orders/[number]'>): Promise<Metadata> {
  const [t, { number }] = await Promise.all([getTranslations('officeOrder'), params])
  return { title: t('heading', { number }) }
}

export default async function OrderPage({ params }: PageProps<'/[locale]/admin/orders/[number]'>) {
  const permit = await permitted('orders.read')
  const [locale, asked, t, list] = await Promise.all([
    pageLocale(),
    params,
    getTranslations('officeOrder'),
    getTranslations('officeOrders'),
  ])
  const number = parseOrderNumber(asked.number)
  const order = number && (await readOrder(permit, number))
  if (!order) notFound()
  const [evidence, parcels, requests] = await Promise.all([
    readEvidence(permit, order.id),
    listParcelsOf(order.id),
    listRequestsOf(order.id),
  ])
  const names = await nameActors([
    ...new Set([...order.events, ...order.notes, ...evidence.refunds].map(({ actor }) => actor)),
    ...(order.hold ? [order.hold.heldBy] : []),
  ])
  const nameOf = (actor: string) => sayActor(actor, names.get(actor), locale)
  const hasOpenRequest = requests.some(({ state }) => (OPEN_REQUEST_STATES as readonly string[]).includes(state))
  const seen = order.events.at(-1)?.id ?? 0n
  const shown = { order, locale, seen: String(seen) }
  return (
    <OfficePage
      title={t.rich('headingRich', {
        number: () => <span className="order-number">{order.number}</span>,
      })}
      trail={
        <a className="link" href={officeOrdersPath(locale)}>
          {list('title')}
        </a>
      }
      acts={orderMarks({ ...order, payment: order.payment.state, hasOpenRequest, isHeld: order.hold !== null }).map(
        ([mark, tone]) => (
          <StatusMark key={mark} tone={tone}>
            {list(`marks.${mark}`)}
          </StatusMark>
        ),
      )}
    >
      <p className="office-hint">{t('placed', { at: formatTime(order.placedAt, locale) })}</p>
      <div className="office-columns">
        <div>
          <OrderHold order={order} locale={locale} roles={permit.roles} nameOf={nameOf} />
          <OrderActs {...shown} roles={permit.roles} attempts={evidence.attempts.length} />
          <OrderLines {...shown} />
          <OrderTimeline evidence={evidence} order={order} locale={locale} nameOf={nameOf} />
        </div>
        <div>
          <OrderMoney {...shown} evidence={evidence} />
          <OrderPeople {...shown} roles={permit.roles} />
          <OrderSendings {...shown} parcels={parcels} requests={requests} />
          <OrderNotes {...shown} nameOf={nameOf} roles={permit.roles} />
        </div>
      </div>
    </OfficePage>
  )
}
