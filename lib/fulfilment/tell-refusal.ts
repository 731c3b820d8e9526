import type { MarkDeliveredError } from '#db/fulfilment/mark-delivered.ts'
import type { ShipLinesError } from '#db/fulfilment/ship-lines.ts'
import type { UndoShipmentError } from '#db/fulfilment/undo-shipment.ts'
import { CARRIERS } from '../domain/carriers.ts'
import type { Locale } from '../domain/locale.ts'
import { formatTime } from '../i18n/format-time.ts'
import { translator } from '../i18n/translator.ts'

/** Who did something, as people are named to each other. */
export type NameOf = (actor: string) => string

type Refusal = ShipLinesError | UndoShipmentError | MarkDeliveredError

/** Whom a refusal names. */
export function actorsOf(refusal: Refusal): readonly string[] {
  if ('latest' in refusal) return refusal.latest ? [refusal.latest.shippedBy] : []
  return 'by' in refusal ? [refusal.by] : []
}

/** Why a parcel was not sent, undone or delivered, in a sentence; with what happened meanwhile. */
export function tellRefusal(refusal: Refusal, locale: Locale, nameOf: NameOf): string {
  const t = translator(locale)
  const latest = 'latest' in refusal ? refusal.latest : null
  const said = t(`officeShip.refused.${refusal.code}`, {
    line: 'position' in refusal ? refusal.position + 1 : 0,
    left: 'left' in refusal ? refusal.left : 0,
    number: 'orderNumber' in refusal ? refusal.orderNumber : '',
    by: 'by' in refusal ? nameOf(refusal.by) : '',
    at: 'at' in refusal ? formatTime(refusal.at, locale) : '',
    until: 'until' in refusal ? formatTime(refusal.until, locale) : '',
  })
  if (!latest) return said
  const meanwhile = t('officeShip.refused.meanwhile', {
    by: nameOf(latest.shippedBy),
    at: formatTime(latest.shippedAt, locale),
    carrier: CARRIERS[latest.carrier].name[locale],
    tracking: latest.trackingNumber,
  })
  return locale === 'zh' ? said + meanwhile : `${said} ${meanwhile}`
}
