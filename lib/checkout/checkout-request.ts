import { z } from 'zod'
import type { CheckoutValues } from '#lib/domain/checkout-fields.ts'
import type { SeenCoupon } from '#lib/domain/coupon-changes.ts'
import { readCouponCode } from '#lib/domain/coupon-code.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { WantedLine } from '#lib/domain/order-changes.ts'
import { MAX_LINES } from '#lib/domain/pricing.ts'
import { SHIPPING_METHODS, type ShippingMethod } from '#lib/domain/shipping-rates.ts'
import { readCheckoutValues } from './checkout-form.ts'

/** What the page gave the form to send back: which order it is, of what, and which amounts were shown. */
export type CheckoutTicket = {
  readonly requestId: string
  readonly lines: readonly WantedLine[]
  /** The fee that was shown for each way of sending; absent for one that was not shown. */
  readonly feesSeen: ReadonlyMap<ShippingMethod, Fen>
  /** What was shown of a discount code; null where none was. */
  readonly couponSeen: SeenCoupon | null
}

/** What the shopper wants to see anew, without ordering. */
export const UPDATES = ['shipping', 'coupon', 'address'] as const

/** Where an address comes from that is not typed: a whole Chinese one that was pasted, or the address book. */
export type AddressSource =
  | { readonly kind: 'pasted'; readonly text: string }
  | { readonly kind: 'book'; readonly addressId: string }

export type CheckoutRequest = {
  readonly values: CheckoutValues
  /** Null when it is nothing that a page of ours wrote. */
  readonly ticket: CheckoutTicket | null
  /** The shopper only wants to see other sums, not to order. */
  readonly update: (typeof UPDATES)[number] | null
  /** What fills the address in, for the update of it. */
  readonly source: AddressSource | null
  /** Whether the address goes into the book of the account. */
  readonly keepAddress: boolean
}

const LINE = /^([1-9]\d{0,8})x([1-9]\d?)@(\d{1,12})$/
const Lines = z
  .string()
  .max(40 * MAX_LINES)
  .transform((text) => text.split(',').map((line) => LINE.exec(line)))
  .refine((lines) => lines.length <= MAX_LINES && lines.every((line) => line !== null))
  .transform((lines) =>
    lines.flatMap((line) => {
      const [, variantId, quantity, price] = line ?? []
      if (!variantId || !quantity || !price) return []
      return [{ variantId: Number(variantId), quantity: Number(quantity), priceSeen: toFen(BigInt(price)) }]
    }),
  )
const FenText = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform((text) => toFen(BigInt(text)))
const Ticket = z.object({ request: z.uuid(), lines: Lines })

/** The lines of a ticket as the form carries them: `12x2@46800,7x1@4800`. */
export const linesText = (lines: readonly WantedLine[]): string =>
  lines.map(({ variantId, quantity, priceSeen }) => `${variantId}x${quantity}@${priceSeen}`).join(',')
/** The name of the field that carries the fee shown for a way of sending. */
export const feeField = (method: ShippingMethod) => `fee-${method}`

/** Takes apart what came in; never throws. */
export function readCheckoutRequest(form: ReadonlyMap<string, string>): CheckoutRequest {
  const intent = form.get('intent')
  const source = readSource(form)
  const values = readCheckoutValues(form)
  return {
    values: intent === WITHOUT_COUPON ? { ...values, coupon: '' } : values,
    ticket: readTicket(form),
    update: source ? 'address' : updateOf(intent),
    source,
    keepAddress: form.get('keepAddress') === 'yes',
  }
}

const updateOf = (intent: string | undefined): CheckoutRequest['update'] =>
  intent === WITHOUT_COUPON ? 'coupon' : (UPDATES.find((update) => update === intent) ?? null)

/** Pressed to take the code out. */
export const WITHOUT_COUPON = 'without_coupon'
/** Pressed to fill the fields from the book. */
const USE = /^use:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function readSource(form: ReadonlyMap<string, string>): AddressSource | null {
  const intent = form.get('intent') ?? ''
  if (intent === 'split') return { kind: 'pasted', text: form.get('pasted') ?? '' }
  const addressId = USE.exec(intent)?.[1]
  return addressId === undefined ? null : { kind: 'book', addressId }
}

function readTicket(form: ReadonlyMap<string, string>): CheckoutTicket | null {
  const ticket = Ticket.safeParse({ request: form.get('request'), lines: form.get('lines') })
  if (!ticket.success) return null
  const fees = SHIPPING_METHODS.flatMap((method) => {
    const fee = FenText.safeParse(form.get(feeField(method)))
    return fee.success ? [[method, fee.data] as const] : []
  })
  const { request, lines } = ticket.data
  const couponSeen = readCouponSeen(form.get('coupon-seen') ?? '')
  return { requestId: request.toLowerCase(), lines, feesSeen: new Map(fees), couponSeen }
}

/** `SPRING@2000` for 20 yuan off, `SPRING@` for a code that does not apply; empty for none. */
export const couponSeenText = (seen: SeenCoupon | null): string => (seen ? `${seen.code}@${seen.takesOff ?? ''}` : '')

function readCouponSeen(text: string): SeenCoupon | null {
  const [typed = '', amount = ''] = text.split('@')
  const code = readCouponCode(typed)
  const takesOff = FenText.safeParse(amount)
  return code && { code, takesOff: takesOff.success ? takesOff.data : null }
}
