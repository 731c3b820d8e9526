'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { findOrdersByNumber } from '#db/office/find-orders-by-number.ts'
import { parseOrderNumber } from '#lib/domain/order-number.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { cancelUnpaid } from '#lib/office/cancel-unpaid.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

const MARKED_AT_MOST = 50

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
