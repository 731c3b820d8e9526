'use server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { endSignIns } from '#db/accounts/desk/end-sign-ins.ts'
import { eraseCustomer } from '#db/accounts/desk/erase-customer.ts'
import { addCustomerNote } from '#db/customers/add-customer-note.ts'
import { officeCustomersPath } from '#lib/office-paths.ts'
import { ok } from '#lib/result.ts'
import { answerEdit } from '../products/answer-edit.ts'

export const addCustomerNoteAction = staffAction(
  'orders.note',
  z.object({ customer: z.uuid(), body: z.string().trim().min(1).max(2000) }),
  async ({ customer, body }, { permit, locale }) =>
    answerEdit(locale, await addCustomerNote(permit, { customerId: customer, body }), 'added'),
)

export const endSignInsAction = staffAction(
  'customers.erase',
  z.object({ customer: z.uuid() }),
  async ({ customer }, { permit, locale }) =>
    answerEdit(locale, ok(await endSignIns(permit, customer, new Date())), 'signedOut'),
)

/** Deletes a customer who asked for it, and leads back to the others. */
export const eraseCustomerAction = staffAction(
  'customers.erase',
  z.object({ customer: z.uuid(), reason: z.string().trim().min(3).max(400) }),
  async ({ customer, reason }, { permit, locale, ip }) => {
    const erased = await eraseCustomer(permit, { accountId: customer, reason, ip, now: new Date() })
    if (erased.ok) redirect(officeCustomersPath(locale))
    const code = erased.error.code === 'is_staff' ? 'is_staff' : 'unknown_customer'
    return answerEdit(locale, { ok: false, error: { code } }, 'saved')
  },
  { stepUp: true },
)
