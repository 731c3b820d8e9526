'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { customerAction } from '#app/_doors/customer-action.ts'
import { endSession } from '#db/accounts/end-sessions.ts'
import { forgetSession } from '#lib/auth/start-session.ts'
import { homePath } from '#lib/paths.ts'

/** Signs this device out. */
export const signOutAction = customerAction(z.object({}), async (_, { account, locale }) => {
  await endSession(account.id, account.sessionId, new Date())
  await forgetSession()
  redirect(homePath(locale))
})
