'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { nameActors } from '#db/accounts/name-actors.ts'
import { refundByStaff } from '#db/refunds/refund-by-staff.ts'
import { readWish } from '#db/refunds/stored-wish.ts'
import { refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { officeRefundPath, withQuery } from '#lib/office-paths.ts'
import { actorsOfRefusal, tellAfterSaleRefusal } from '#lib/refunds/tell-refusal.ts'

/** Gives money back as it was worked out before, or has a second person look at it. */
export const refundAction = staffAction(
  'refunds.request',
  z.object({
    requestId: z.uuid(),
    orderId: z.uuid(),
    number: z.string().max(40),
    wish: z.string().max(20_000),
    reason: z.string().max(500),
  }),
  async ({ requestId, orderId, number, wish, reason }, { permit, locale, ip }) => {
    const t = translator(locale)
    const read = parseWish(wish)
    if (!read) return refused(t('form.stale'))
    const given = await refundByStaff(permit, { requestId, orderId, wish: read, reason: reason || null, ip })
    if (given.ok) redirect(withQuery(officeRefundPath(locale, number), { said: given.value.outcome }))
    const names = await nameActors(actorsOfRefusal(given.error))
    const nameOf = (actor: string) =>
      names.get(actor) ?? (actor === 'shopper' ? t('officeReturns.shopper') : t('officeReturns.somebody'))
    return refused(tellAfterSaleRefusal(given.error, locale, nameOf))
  },
  { stepUp: true },
)

function parseWish(text: string) {
  try {
    return readWish(JSON.parse(text))
  } catch {
    return null
  }
}
