'use server'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { endSignIns } from '#db/accounts/desk/end-sign-ins.ts'
import { addCustomerNote } from '#db/customers/add-customer-note.ts'
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
