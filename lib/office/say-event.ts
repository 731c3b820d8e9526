import type { Locale } from '../domain/locale.ts'
import { messagesFor } from '../i18n/messages.ts'

/** The word for a name; the name itself where there is none. */
const wordOf = (words: Readonly<Record<string, unknown>>, name: string): string => {
  const word = Object.hasOwn(words, name) ? words[name] : undefined
  return typeof word === 'string' ? word : name
}

/** What happened, in the words of the office; its own name where there are none. */
export const sayEvent = (event: string, locale: Locale): string => wordOf(messagesFor(locale).officeOrder.event, event)

/** Where an axis of an order came to, as the list of orders says it. */
export function sayState(axis: string, state: string, locale: Locale): string {
  const { state: order, payment, fulfilment } = messagesFor(locale).officeOrders
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { order, payment, fulfilment }
  return wordOf(words[axis] ?? {}, state)
}

/** Why: a provider and its way (`wechatpay qr`) and how we heard (`notify`) in words, what a person wrote as it is. */
export function sayReason(reason: string, locale: Locale): string {
  const { order, officeFigures, officeOrder } = messagesFor(locale)
  const [provider = '', scene = '', ...more] = reason.split(' ')
  if (more.length === 0 && Object.hasOwn(order.provider, provider) && Object.hasOwn(officeFigures.scenes, scene))
    return `${wordOf(order.provider, provider)} · ${wordOf(officeFigures.scenes, scene)}`
  return wordOf(officeOrder.source, reason)
}
