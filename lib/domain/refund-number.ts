/** How many refunds one payment can have, those included that failed. */
export const HIGHEST_REFUND = 99

/**
 * The number by which provider and shop know a refund: that of the payment, `R` and two digits. Fixed before the
 * provider is called, so that whatever it answers, or doesn't, the same refund can be asked about or sent again.
 * @param outTradeNo the number of the payment that goes back.
 * @param sequence 1 to {@link HIGHEST_REFUND}.
 * @throws {RangeError} for any other sequence.
 */
export function refundNumber(outTradeNo: string, sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > HIGHEST_REFUND) {
    throw new RangeError(`refund ${sequence} of ${outTradeNo}`)
  }
  return `${outTradeNo}R${sequence.toString().padStart(2, '0')}`
}
