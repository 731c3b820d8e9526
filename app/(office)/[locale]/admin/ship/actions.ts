'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { nameActors } from '#db/accounts/name-actors.ts'
import { markDelivered } from '#db/fulfilment/mark-delivered.ts'
import { shipLines } from '#db/fulfilment/ship-lines.ts'
import { undoShipment } from '#db/fulfilment/undo-shipment.ts'
import { CARRIER_CODES, carrierByNumber, parseTrackingNumber } from '#lib/domain/carriers.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { refused } from '#lib/doors/answer.ts'
import { actorsOf, tellRefusal } from '#lib/fulfilment/tell-refusal.ts'
import { translator } from '#lib/i18n/translator.ts'
import { officeShipPath, withQuery } from '#lib/office-paths.ts'

const Units = z.array(z.coerce.number().int().min(0).max(99)).min(1).max(200)

/** Sends a parcel, and goes back to the bench for the next one. */
export const shipAction = staffAction(
  'orders.ship',
  z.object({
    parcelId: z.uuid(),
    orderId: z.uuid(),
    position: Units,
    quantity: Units,
    carrier: z.enum(['', ...CARRIER_CODES]),
    tracking: z.string().min(1).max(80),
  }),
  async ({ parcelId, orderId, position, quantity, carrier: chosen, tracking }, { permit, locale, ip }) => {
    const t = translator(locale)
    const trackingNumber = parseTrackingNumber(tracking)
    if (trackingNumber === null) return refused(t('form.notRight'), { tracking: t('officeShip.errors.tracking') })
    const carrier = chosen || carrierByNumber(trackingNumber)
    if (!carrier) return refused(t('officeShip.errors.carrier'))
    const lines = position
      .map((at, place) => ({ position: at, quantity: quantity[place] ?? 0 }))
      .filter((line) => line.quantity > 0)
    const sent = await shipLines(permit, { parcelId, orderId, lines, carrier, trackingNumber, ip })
    if (sent.ok) redirect(withQuery(officeShipPath(locale), { sent: parcelId }))
    return refused(await tell(sent.error, locale))
  },
)

const Parcel = z.object({ parcelId: z.uuid() })

/** Takes back a parcel that did not leave. */
export const undoAction = staffAction('orders.ship', Parcel, async ({ parcelId }, { permit, locale, path, ip }) => {
  const undone = await undoShipment(permit, { parcelId, ip })
  if (!undone.ok) return refused(await tell(undone.error, locale))
  redirect(path.split('?')[0] as Route)
})

/** Notes that a parcel arrived. */
export const deliveredAction = staffAction(
  'orders.ship',
  Parcel,
  async ({ parcelId }, { permit, locale, path, ip }) => {
    const delivered = await markDelivered(permit, { parcelId, ip })
    if (!delivered.ok) return refused(await tell(delivered.error, locale))
    redirect(path as Route)
  },
)

async function tell(refusal: Parameters<typeof tellRefusal>[0], locale: Locale): Promise<string> {
  const names = await nameActors(actorsOf(refusal))
  return tellRefusal(refusal, locale, (actor) => names.get(actor) ?? translator(locale)('officeShip.somebody'))
}
