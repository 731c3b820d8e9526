'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { nameActors } from '#db/accounts/name-actors.ts'
import { answerRequest } from '#db/after-sales/answer-request.ts'
import { receiveGoods } from '#db/after-sales/receive-goods.ts'
import { approveProposal, dropProposal } from '#db/refunds/decide-proposal.ts'
import { resendRefund } from '#db/refunds/resend-refund.ts'
import { MOST_WORDS } from '#lib/domain/after-sale-request.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { staffActor } from '#lib/domain/permissions.ts'
import { done, type Outcome, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { officeReturnPath } from '#lib/office-paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'
import { recallRefund } from '#lib/refunds/recall-refund.ts'
import { type AfterSaleRefusal, actorsOfRefusal, tellAfterSaleRefusal } from '#lib/refunds/tell-refusal.ts'

const Request = z.object({ requestId: z.uuid() })
const Answered = Request.extend({ answer: z.string().max(MOST_WORDS) })
const Proposal = z.object({ proposalId: z.uuid() })

/** Grants what a shopper asked for. */
export const approveAction = staffAction('requests.answer', Answered, async (input, { permit, locale, ip }) => {
  const answered = await answerRequest(permit, { ...input, verdict: 'approved', ip })
  if (!answered.ok) return refuse(answered.error, locale)
  redirect(officeReturnPath(locale, input.requestId))
})

/** Refuses it, with words. */
export const declineAction = staffAction('requests.answer', Answered, async (input, { permit, locale, ip }) => {
  const answered = await answerRequest(permit, { ...input, verdict: 'declined', ip })
  if (!answered.ok) return refuse(answered.error, locale)
  redirect(officeReturnPath(locale, input.requestId))
})

const Units = z.array(z.coerce.number().int().min(0).max(99)).min(1).max(200)

/** Notes what came back: shelf or write-off, line by line. */
export const receiveAction = staffAction(
  'requests.answer',
  Request.extend({ position: Units, quantity: Units, restock: Units.optional() }),
  async ({ requestId, position, quantity, restock = [] }, { permit, locale, ip }) => {
    const lines = position.map((at, place) => ({
      position: at,
      quantity: quantity[place] ?? 0,
      restock: restock.includes(at),
    }))
    const received = await receiveGoods(permit, { requestId, lines, ip })
    if (!received.ok) return refuse(received.error, locale)
    redirect(officeReturnPath(locale, requestId))
  },
)

/** The second person agrees with a refund above the limit. */
export const approveProposalAction = staffAction(
  'refunds.approve',
  Proposal,
  async (input, { permit, locale, path, ip }) => {
    const approved = await approveProposal(permit, { ...input, ip })
    if (!approved.ok) return refuse(approved.error, locale)
    redirect(path as Route)
  },
  { stepUp: true },
)

/** The second person does not agree, or the first takes it back. */
export const dropProposalAction = staffAction(
  'refunds.request',
  Proposal,
  async (input, { permit, locale, path, ip }) => {
    const dropped = await dropProposal(permit, { ...input, ip })
    if (!dropped.ok) return refuse(dropped.error, locale)
    redirect(path as Route)
  },
)

/** Sends a refund again that the provider could not make. */
export const resendAction = staffAction(
  'refunds.request',
  Request,
  async ({ requestId }, { permit, locale }) => {
    const sent = await resendRefund(requestId, { actor: staffActor(permit) })
    if (!sent.ok) return refuse(sent.error, locale)
    return done(translator(locale)('officeReturns.resent', { number: sent.value.refundNo }))
  },
  { stepUp: true },
)

/** Has money that reached nobody paid to our own account. */
export const recallAction = staffAction(
  'refunds.approve',
  Request,
  async ({ requestId }, { permit, locale, ip }) => {
    const recalled = await recallRefund(paymentProviders(), permit, { requestId, ip })
    if (!recalled.ok) return refuse(recalled.error, locale)
    return done(translator(locale)('officeReturns.recalled'))
  },
  { stepUp: true },
)

async function refuse(refusal: AfterSaleRefusal, locale: Locale): Promise<Outcome> {
  const t = translator(locale)
  const names = await nameActors(actorsOfRefusal(refusal))
  const nameOf = (actor: string) =>
    names.get(actor) ?? (actor === 'shopper' ? t('officeReturns.shopper') : t('officeReturns.somebody'))
  return refused(tellAfterSaleRefusal(refusal, locale, nameOf))
}
