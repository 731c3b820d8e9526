import 'server-only'
import { findAddress } from '#db/addresses/list-addresses.ts'
import { saveAddress } from '#db/addresses/save-address.ts'
import type { Address } from '#lib/domain/address.ts'
import type { CheckoutValues } from '#lib/domain/checkout-fields.ts'
import { addressValues, withPasted } from '../addresses/address-values.ts'
import { log } from '../log.ts'
import type { CheckoutRequest } from './checkout-request.ts'

/**
 * What the fields of the checkout show when the page is shown anew: an address from the book or from what was pasted, or
 * what was typed.
 * @param accountId whose address book is asked; null for a guest, who has none.
 */
export async function fillIn(
  { values, source }: Pick<CheckoutRequest, 'values' | 'source'>,
  accountId: string | null,
): Promise<CheckoutValues> {
  if (source?.kind === 'pasted') return withPasted(values, source.text)
  const address = source && accountId !== null ? await findAddress(accountId, source.addressId) : null
  return address ? { ...values, ...addressValues(address) } : values
}

/** Keeps the address of an order in the book; a full book is no reason to trouble who has just ordered. */
export async function keepAddress(accountId: string, address: Address): Promise<void> {
  const saved = await saveAddress({ accountId, id: null, address, asDefault: false })
  if (!saved.ok) log.info({ accountId, ...saved.error }, 'an address was not kept')
}
