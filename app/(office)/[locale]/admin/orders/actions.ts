'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { askExport } from '#db/office/ask-export.ts'
import { deleteView } from '#db/office/delete-view.ts'
import { findOrdersByNumber } from '#db/office/find-orders-by-number.ts'
import { saveView, VIEWS_AT_MOST } from '#db/office/save-view.ts'
import { EXPORT_FORMATS } from '#lib/domain/order-export.ts'
import { parseOrderNumber } from '#lib/domain/order-number.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { cancelUnpaid } from '#lib/office/cancel-unpaid.ts'
import { readOrderFilter } from '#lib/office/order-filter.ts'
import { officeExportsPath } from '#lib/office-paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

const MARKED_AT_MOST = 50
/** What narrows the list, as it stands in the address of the page. */
const LIST = z
  .string()
  .max(1000)
  .transform((query) => readOrderFilter(Object.fromEntries(new URLSearchParams(query))))

/** Cancels those of the marked orders that are not paid, one after the other, and says what came of each. */
export const cancelMarkedAction = staffAction(
  'orders.cancel',
  z.object({ orders: z.array(z.string().max(40)).max(MARKED_AT_MOST).default([]) }),
  async ({ orders: marked }, { permit, ip, locale }) => {
    const t = translator(locale)
    const numbers = marked.map(parseOrderNumber).filter((number) => number !== null)
    if (numbers.length === 0) return refused(t('officeOrders.bulk.nothing'))
    const results: string[] = []
    for (const { id: orderId, number } of await findOrdersByNumber(numbers)) {
      const ended = await cancelUnpaid(permit, paymentProviders(), { orderId, number, reason: null, ip })
      const result = ended.ok ? 'cancelled' : ended.error.code === 'still_payable' ? 'stillPayable' : 'notPending'
      results.push(t('officeOrders.bulk.row', { number, result: t(`officeOrders.bulk.${result}`) }))
    }
    refresh()
    return done(results.join(' '))
  },
)

/** Keeps the list that the page shows under a name. */
export const saveViewAction = staffAction(
  'orders.read',
  z.object({
    name: z.string().trim().min(1).max(40),
    shared: z.literal('yes').optional(),
    list: LIST,
  }),
  async ({ name, shared, list }, { permit, locale }) => {
    const saved = await saveView(permit, { name, filter: list, shared: shared !== undefined })
    const t = translator(locale)
    if (!saved.ok) return refused(t('officeOrders.views.tooMany', { most: VIEWS_AT_MOST }))
    refresh()
    return done(t('officeOrders.views.saved'))
  },
)

export const deleteViewAction = staffAction(
  'orders.read',
  z.object({ view: z.uuid() }),
  async ({ view }, { permit, locale }) => {
    const deleted = await deleteView(permit, view)
    const t = translator(locale)
    refresh()
    return deleted.ok
      ? done(t('officeOrders.views.deleted', { name: deleted.value.name }))
      : refused(t('officeOrders.views.unknown'))
  },
)

/** Has the list written to a file, and leads to where its progress is seen. */
export const exportOrdersAction = staffAction(
  'orders.export',
  z.object({ id: z.uuid(), format: z.enum(EXPORT_FORMATS), list: LIST }),
  async ({ id, format, list }, { permit, ip, locale }) => {
    await askExport(permit, { id, format, locale, filter: list, ip })
    redirect(officeExportsPath(locale))
  },
  { limit: 'export' },
)
