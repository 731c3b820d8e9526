'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { customerAction } from '#app/_doors/customer-action.ts'
import { claimOrdersByEmail } from '#db/orders/claim-order.ts'
import { accountOrdersPath } from '#lib/paths.ts'

/** Takes the guest's orders of a confirmed e-mail into its account, once its owner says so. */
export const claimByEmailAction = customerAction(z.object({}), async (_, { account, locale }) => {
  await claimOrdersByEmail(account.id)
  redirect(accountOrdersPath(locale))
})
