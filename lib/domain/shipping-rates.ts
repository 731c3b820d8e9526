import type { Zone } from './destinations.ts'
import { type Fen, toFen, ZERO_FEN } from './money.ts'

export const SHIPPING_METHODS = ['standard', 'express'] as const
export type ShippingMethod = (typeof SHIPPING_METHODS)[number]

/** What one way of sending costs to one zone: a first kilogram, then each further kilogram begun. */
export type ShippingRate = {
  readonly method: ShippingMethod
  readonly firstKilogram: Fen
  readonly furtherKilogram: Fen
  /** From this value of goods on it costs nothing; null where it always costs. */
  readonly freeFrom: Fen | null
  /** Working days from the parcel's leaving to its arrival. */
  readonly days: readonly [least: number, most: number]
}

const rate = (
  method: ShippingMethod,
  [firstKilogram, furtherKilogram]: readonly [bigint, bigint],
  freeFrom: bigint | null,
  days: readonly [number, number],
): ShippingRate => ({
  method,
  firstKilogram: toFen(firstKilogram),
  furtherKilogram: toFen(furtherKilogram),
  freeFrom: freeFrom === null ? null : toFen(freeFrom),
  days,
})

/** The whole tariff. Amounts in fen. */
const TARIFF = {
  mainland: [rate('standard', [15_00n, 5_00n], 300_00n, [2, 5]), rate('express', [28_00n, 12_00n], null, [1, 2])],
  greater_china: [
    rate('standard', [45_00n, 20_00n], 1_200_00n, [4, 8]),
    rate('express', [88_00n, 35_00n], null, [2, 4]),
  ],
  asia: [rate('standard', [98_00n, 45_00n], 2_000_00n, [7, 14]), rate('express', [188_00n, 70_00n], null, [3, 6])],
  europe: [rate('standard', [158_00n, 70_00n], 3_000_00n, [10, 20]), rate('express', [298_00n, 110_00n], null, [4, 7])],
  overseas: [
    rate('standard', [168_00n, 75_00n], 3_000_00n, [10, 20]),
    rate('express', [318_00n, 120_00n], null, [4, 7]),
  ],
} as const satisfies Record<Zone, readonly ShippingRate[]>

export const ratesTo = (zone: Zone): readonly ShippingRate[] => TARIFF[zone]

export type Parcel = {
  /** Grams, with nothing of the packing. */
  readonly weightG: number
  /** What the goods cost before a coupon, so that a code never makes sending dearer. */
  readonly value: Fen
}

/**
 * What sending a parcel costs.
 * @throws {RangeError} for a weight that is no whole number of grams from 1 on.
 */
export function shippingCost(shipping: ShippingRate, { weightG, value }: Parcel): Fen {
  if (!Number.isSafeInteger(weightG) || weightG < 1) throw new RangeError(`weight of ${weightG} g`)
  if (shipping.freeFrom !== null && value >= shipping.freeFrom) return ZERO_FEN
  const furtherKilograms = BigInt(Math.ceil(weightG / 1_000) - 1)
  return toFen(shipping.firstKilogram + shipping.furtherKilogram * furtherKilograms)
}
