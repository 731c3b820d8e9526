import type { Rows } from '../checkout/shown-order.ts'
import { CARRIERS, type CarrierCode, trackingUrl } from '../domain/carriers.ts'
import type { Locale, LocalizedText } from '../domain/locale.ts'
import { formatTime } from '../i18n/format-time.ts'
import { translator } from '../i18n/translator.ts'

/** What the database knows of a parcel, as far as its shopper hears of it. */
export type ParcelRecord = {
  readonly sequence: number
  readonly carrier: CarrierCode
  readonly trackingNumber: string
  readonly shippedAt: Date
  readonly deliveredAt: Date | null
  readonly lines: readonly { readonly position: number; readonly quantity: number }[]
}
type Line = { readonly position: number; readonly name: LocalizedText }

export type ShownParcel = {
  readonly title: string
  /** What is in it: `2 × Round teapot`. */
  readonly pieces: readonly string[]
  readonly rows: Rows
  /** Where everybody can see where it is. */
  readonly href: string
}

export function showParcel(parcel: ParcelRecord, ordered: readonly Line[], locale: Locale): ShownParcel {
  const t = translator(locale)
  const { sequence, carrier, trackingNumber, shippedAt, deliveredAt } = parcel
  const nameOf = (position: number) => ordered.find((line) => line.position === position)?.name[locale] ?? ''
  return {
    title: t('order.parcel.title', { sequence }),
    pieces: parcel.lines.map(({ position, quantity }) => `${quantity} × ${nameOf(position)}`),
    rows: [
      [t('order.parcel.by'), CARRIERS[carrier].name[locale]],
      [t('order.parcel.number'), trackingNumber],
      [t('order.parcel.sent'), formatTime(shippedAt, locale)],
      ...(deliveredAt ? [[t('order.parcel.delivered'), formatTime(deliveredAt, locale)] as const] : []),
    ],
    href: trackingUrl(carrier, trackingNumber),
  }
}
