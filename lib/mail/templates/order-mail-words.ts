import { createTranslator } from 'use-intl/core'
import { CARRIERS } from '#lib/domain/carriers.ts'
import { LANGUAGE_TAG } from '#lib/domain/locale.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import enMail from '#lib/i18n/messages/en/mail.json' with { type: 'json' }
import enOrder from '#lib/i18n/messages/en/order.json' with { type: 'json' }
import frMail from '#lib/i18n/messages/fr/mail.json' with { type: 'json' }
import frOrder from '#lib/i18n/messages/fr/order.json' with { type: 'json' }
import zhMail from '#lib/i18n/messages/zh/mail.json' with { type: 'json' }
import zhOrder from '#lib/i18n/messages/zh/order.json' with { type: 'json' }
import type { OrderMail } from '../order-mail.ts'

const messages = { en: enMail, fr: frMail, zh: zhMail }
const orderMessages = { en: enOrder, fr: frOrder, zh: zhOrder }

/** The words of one mail in its reader's language. Times are those of the shop, Asia/Shanghai. */
export function orderMailWords({ kind, locale, order, refund, parcel, request }: OrderMail) {
  const t = createTranslator({ locale, messages: messages[locale] })
  const time = new Intl.DateTimeFormat(LANGUAGE_TAG[locale], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
  })
  const values = {
    number: order.number,
    payBefore: time.format(order.payBefore),
    ...refundValues(refund, locale),
    ...parcelValues(parcel, locale),
    ...requestValues(request, locale),
  }
  const { couponCode: code } = order
  const withCode = (sum: 'discount' | 'shipping', reduced: boolean) =>
    code !== null && reduced ? t('withCode', { sum: t(sum), code }) : t(sum)
  return {
    subject: t(`${kind}.subject`, values),
    heading: t(`${kind}.heading`),
    body: t(`${kind}.body`, values),
    action: t(`${kind}.action`),
    refund: refund && t('refund', values),
    track: parcel && t('track', values),
    tracking: parcel && t('tracking', values),
    answer: request?.answer ? t('answer') : null,
    number: t('number', values),
    quantity: ({ quantity, name }: { quantity: number; name: string }) => t('quantity', { quantity, name }),
    subtotal: t('subtotal'),
    discount: withCode('discount', order.discount > 0n),
    shipping: withCode('shipping', order.discount === 0n),
    free: t('free'),
    total: t('total'),
    sentTo: t('sentTo'),
    footer: kind === 'review_asked' ? t('footerWithoutLink') : t('footer'),
    choose: t('choose'),
  }
}

function refundValues(refund: OrderMail['refund'], locale: OrderMail['locale']) {
  if (!refund) return {}
  const t = createTranslator({ locale, messages: orderMessages[locale] })
  return {
    refundNo: refund.refundNo,
    amount: formatPrice(refund.amount, locale),
    provider: t(`provider.${refund.provider}`),
    cause: refund.cause,
    arrival: t(`refund.arrival.${refund.provider}`),
  }
}

const parcelValues = (parcel: OrderMail['parcel'], locale: OrderMail['locale']) =>
  parcel && {
    carrier: CARRIERS[parcel.carrier].name[locale],
    trackingNumber: parcel.trackingNumber,
    sequence: parcel.sequence,
    more: String(parcel.moreToCome),
  }

const requestValues = (request: OrderMail['request'], locale: OrderMail['locale']) =>
  request && { asked: request.kind, worth: formatPrice(request.amount, locale) }

export type OrderMailWords = ReturnType<typeof orderMailWords>
