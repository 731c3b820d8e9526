'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { customerAction } from '#app/_doors/customer-action.ts'
import { makeDefaultAddress, removeAddress, saveAddress } from '#db/addresses/save-address.ts'
import { withPasted } from '#lib/addresses/address-values.ts'
import { parseAddress, readAddressValues } from '#lib/checkout/checkout-form.ts'
import { fieldErrorText } from '#lib/checkout/field-error-text.ts'
import { ADDRESS_FIELDS } from '#lib/domain/checkout-fields.ts'
import { refused } from '#lib/doors/answer.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { translator } from '#lib/i18n/translator.ts'
import { addressesPath } from '#lib/paths.ts'

const Typed = z.string().max(1_000).default('')
const AddressInput = z.object({
  ...Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, Typed])),
  id: z.uuid().optional(),
  asDefault: z.literal('yes').optional(),
  pasted: z.string().max(2_000).default(''),
  intent: z.enum(['save', 'split', 'shipping']).default('save'),
})

/** Saves an address of the book, or splits a pasted one into the fields. */
export const saveAddressAction = customerAction(
  AddressInput,
  async ({ id, asDefault, pasted, intent, ...typed }, caller) => {
    const { account, locale } = caller
    const t = translator(locale)
    const values = readAddressValues(new Map(Object.entries(typed)))
    if (intent === 'split') return refused(t('customer.addresses.split.done'), {}, { ...withPasted(values, pasted) })
    if (intent === 'shipping') return refused(null, {}, { ...values })
    const parsed = parseAddress(values)
    if (!parsed.ok) {
      const words = messagesFor(locale).checkout
      const errors = ADDRESS_FIELDS.flatMap((field) => {
        const fault = parsed.errors[field]
        return fault ? [[field, fieldErrorText(words, field, fault)] as const] : []
      })
      return refused(words.problemsTitle, Object.fromEntries(errors))
    }
    const saved = await saveAddress({
      accountId: account.id,
      id: id ?? null,
      address: parsed.value,
      asDefault: asDefault === 'yes',
    })
    if (!saved.ok) return refused(t(`customer.addresses.refused.${saved.error.code}`))
    redirect(addressesPath(locale))
  },
)

const Chosen = z.object({ id: z.uuid() })

/** Takes an address out of the book. */
export const removeAddressAction = customerAction(Chosen, async ({ id }, { account, locale }) => {
  await removeAddress(account.id, id)
  redirect(addressesPath(locale))
})

/** Makes an address the one that checkout begins with. */
export const makeDefaultAddressAction = customerAction(Chosen, async ({ id }, { account, locale }) => {
  await makeDefaultAddress(account.id, id)
  redirect(addressesPath(locale))
})
