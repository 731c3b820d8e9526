'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { addNote } from '#db/office/add-note.ts'
import { changeAddress } from '#db/office/change-address.ts'
import { listNews } from '#db/office/list-news.ts'
import { readAskable } from '#db/office/read-askable.ts'
import { resendMail } from '#db/office/resend-mail.ts'
import { holdOrder } from '#db/risk/hold-order.ts'
import { releaseOrder } from '#db/risk/release-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { done, type Outcome, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { ORDER_MAIL_KINDS } from '#lib/mail/order-mail.ts'
import { isMailStillTrue } from '#lib/mail/write-order-mail.ts'
import { addressFields, readAddress } from '#lib/office/address-form.ts'
import { askProviders } from '#lib/office/ask-providers.ts'
import { cancelUnpaid } from '#lib/office/cancel-unpaid.ts'
import { sayNews } from '#lib/office/say-news.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

const REASON = z.string().trim().max(400)
/** `seen`: the last thing that had happened when the page was made. */
const OF_ORDER = { orderId: z.uuid(), seen: z.string().regex(/^\d{1,18}$/) }

/** A refusal together with what happened since the page was made; the page is made anew. */
async function refuse(said: string, order: { orderId: string; seen: string }, locale: Locale): Promise<Outcome> {
  refresh()
  const news = sayNews(await listNews(order.orderId, BigInt(order.seen)), locale)
  return refused(news === '' ? said : `${said} ${news}`)
}

/** Writes a note for colleagues. */
export const addNoteAction = staffAction(
  'orders.note',
  z.object({ id: z.uuid(), orderId: z.uuid(), text: z.string().trim().min(1).max(4000) }),
  async (note, { permit, ip, locale }) => {
    const added = await addNote(permit, { ...note, ip })
    const t = translator(locale)
    if (!added.ok) return refused(t('officeOrder.unknown'))
    refresh()
    return done(t('officeOrder.notes.done'))
  },
)

/** Cancels an order that is not paid. */
export const cancelOrderAction = staffAction(
  'orders.cancel',
  z.object({ ...OF_ORDER, number: z.string().max(40), reason: REASON }),
  async ({ reason, ...order }, { permit, ip, locale }) => {
    const t = translator(locale)
    const cancelled = await cancelUnpaid(permit, paymentProviders(), { ...order, reason: reason || null, ip })
    if (!cancelled.ok) {
      const { code } = cancelled.error
      const said = code === 'still_payable' ? t('officeOrder.cancel.stillPayable') : t('officeOrder.cancel.notPending')
      return refuse(said, order, locale)
    }
    refresh()
    return done(t('officeOrder.cancel.done'))
  },
)

/** Corrects where the parcel goes. */
export const changeAddressAction = staffAction(
  'orders.ship',
  z.object({ ...OF_ORDER, ...addressFields, reason: REASON }),
  async ({ orderId, seen, reason, ...fields }, { permit, ip, locale }) => {
    const t = translator(locale)
    const address = readAddress(fields)
    if (!address.ok) {
      const wrong = address.error.fields.map((field) => [field, t('officeOrder.address.wrong')] as const)
      return refused(t('form.notRight'), Object.fromEntries(wrong))
    }
    const changed = await changeAddress(permit, { ...address.value, orderId, reason: reason || null, ip })
    if (!changed.ok) {
      const { error } = changed
      const said =
        error.code === 'hindered' ? t(`officeOrder.hindrance.${error.by}`) : t(`officeOrder.address.${error.code}`)
      return refuse(said, { orderId, seen }, locale)
    }
    refresh()
    return done(t('officeOrder.address.done'))
  },
)

/** Sends a mail of the order once more. */
export const resendMailAction = staffAction(
  'orders.note',
  z.object({ orderId: z.uuid(), kind: z.enum(ORDER_MAIL_KINDS), about: z.uuid().or(z.literal('')) }),
  async (mail, { permit, ip, locale }) => {
    const t = translator(locale)
    if (!(await isMailStillTrue(mail))) return refused(t('officeOrder.mails.overtaken'))
    const sent = await resendMail(permit, { ...mail, ip })
    refresh()
    return sent.ok ? done(t('officeOrder.mails.done')) : refused(t('officeOrder.mails.not_sent_yet'))
  },
)

/** Asks the providers now what became of the attempts to pay an order. */
export const askProvidersAction = staffAction(
  'payments.read',
  z.object({ orderId: z.uuid() }),
  async ({ orderId }, { permit, ip, locale }) => {
    const t = translator(locale)
    const answers = await askProviders(paymentProviders(), await readAskable(permit, orderId, ip))
    refresh()
    const said = answers.map(({ outTradeNo: number, provider, answer }) =>
      t(`officeOrder.query.${answer.state}`, {
        number,
        provider: t(`order.provider.${provider}`),
        reason: answer.state === 'unknown' ? answer.reason : '',
      }),
    )
    return said.length === 0 ? refused(t('officeOrder.hindrance.nothing_to_ask')) : done(said.join(' '))
  },
)

/** Keeps an order from being sent. */
export const holdOrderAction = staffAction(
  'incidents.work',
  z.object({ ...OF_ORDER, reason: REASON.min(3, 'officePayments.errors.reason') }),
  async ({ reason, ...order }, { permit, ip, locale }) => {
    const t = translator(locale)
    const held = await holdOrder(permit, { orderId: order.orderId, reason, ip })
    if (!held.ok) {
      const { error } = held
      return refuse(
        t(error.code === 'hindered' ? `officeOrder.hindrance.${error.by}` : 'officeOrder.unknown'),
        order,
        locale,
      )
    }
    refresh()
    return done(t('officeOrder.hold.done'))
  },
)

/** Lets an order be sent that was held. */
export const releaseOrderAction = staffAction(
  'incidents.work',
  z.object({ orderId: z.uuid(), note: z.string().trim().min(3, 'officePayments.errors.reason').max(2_000) }),
  async (release, { permit, ip, locale }) => {
    const t = translator(locale)
    const released = await releaseOrder(permit, { ...release, ip })
    if (released.ok) refresh()
    return released.ok ? done(t('officeOrder.hold.released')) : refused(t('officeOrder.hold.notHeld'))
  },
)
