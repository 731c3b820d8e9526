'use server'

import type { Route } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { customerAction } from '#app/_doors/customer-action.ts'
import { publicAction } from '#app/_doors/public-action.ts'
import { confirmReceipt } from '#db/fulfilment/confirm-receipt.ts'
import { addOrderLink } from '#db/orders/add-order-link.ts'
import { claimOrder } from '#db/orders/claim-order.ts'
import { openAccountOrder } from '#db/orders/open-order.ts'
import { endPaymentLink, sharePayment } from '#db/orders/share-payment.ts'
import { buyAgain } from '#lib/cart/buy-again.ts'
import { ensureCartToken, keepCart } from '#lib/cart/cart-cookies.ts'
import { sayBoughtAgain } from '#lib/cart/say-bought-again.ts'
import { endUnpaidOrder } from '#lib/checkout/end-unpaid-order.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { secure } from '#lib/env.ts'
import { translator } from '#lib/i18n/translator.ts'
import { log } from '#lib/log.ts'
import { accountOrderPath, cartPath, payPath } from '#lib/paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'
import { keyedOrder, OrderKeyFields } from './keyed-order.ts'

/** Cancels an order that is not paid, the provider first. */
export const cancelOrderAction = publicAction(
  OrderKeyFields,
  async (key, { locale, path }) => {
    const t = translator(locale)
    const order = await keyedOrder(key)
    if (!order) return refused(t('customer.acts.unknown'))
    const ended = await endUnpaidOrder(paymentProviders(), {
      orderId: order.id,
      event: 'cancelled',
      actor: 'shopper',
      reason: null,
      now: new Date(),
    })
    if (!ended.ok && ended.error.code === 'still_payable') {
      log.warn({ order: order.number, ...ended.error }, 'an order could not be cancelled')
      return refused(t('order.said.still_payable'))
    }
    redirect(path as Route)
  },
  { limit: 'order' },
)

/** Makes the link by which somebody else can pay, in place of the one that there may be. */
export const sharePaymentAction = publicAction(
  OrderKeyFields,
  async (key, { locale, path }) => {
    const order = await keyedOrder(key)
    const shared = order && (await sharePayment(order.id))
    if (!shared?.ok) return refused(translator(locale)('customer.acts.unknown'))
    redirect(path as Route)
  },
  { limit: 'order' },
)

/** Takes that link back. */
export const endPaymentLinkAction = publicAction(
  OrderKeyFields,
  async (key, { locale, path }) => {
    const order = await keyedOrder(key)
    if (!order) return refused(translator(locale)('customer.acts.unknown'))
    await endPaymentLink(order.id)
    redirect(path as Route)
  },
  { limit: 'order' },
)

/** The shopper has what was sent. */
export const confirmReceiptAction = publicAction(
  OrderKeyFields,
  async (key, { locale, path }) => {
    const t = translator(locale)
    const order = await keyedOrder(key)
    if (!order) return refused(t('customer.acts.unknown'))
    const confirmed = await confirmReceipt(order.id, { actor: 'shopper' })
    if (!confirmed.ok) return refused(t('customer.acts.nothing_to_confirm'))
    redirect(path as Route)
  },
  { limit: 'order' },
)

/** Puts what can still be had of an order into the cart, and says what can't. */
export const buyAgainAction = publicAction(
  OrderKeyFields,
  async (key, { locale }) => {
    const [order, jar] = await Promise.all([keyedOrder(key), cookies()])
    if (!order) return refused(translator(locale)('customer.acts.unknown'))
    const token = ensureCartToken(jar, secure)
    const { bought, units } = await buyAgain(token, order.lines, locale)
    if (units !== null) keepCart(jar, token, units, secure)
    if (bought.every(({ outcome }) => outcome === 'whole')) redirect(cartPath(locale))
    return done(sayBoughtAgain(bought, locale))
  },
  { limit: 'order' },
)

/** Goes on to pay an order of one's own: by a fresh link to it, as the pages to pay know orders by their links. */
export const payOrderAction = customerAction(
  z.object({ number: z.string().max(40) }),
  async ({ number }, { account, locale }) => {
    const order = await openAccountOrder(account.id, number)
    if (!order) return refused(translator(locale)('customer.acts.unknown'))
    redirect(payPath(locale, await addOrderLink(order.id)))
  },
  { limit: 'pay' },
)

/** Puts a guest's order into the account of whoever has its link. */
export const claimOrderAction = customerAction(z.object({ secret: z.string().max(60) }), async ({ secret }, caller) => {
  const claimed = await claimOrder(caller.account.id, secret)
  if (!claimed.ok) return refused(translator(caller.locale)(`customer.claim.${claimed.error.code}`))
  redirect(accountOrderPath(caller.locale, claimed.value))
})
