import 'server-only'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import { cache } from 'react'
import { endSession } from '#db/accounts/end-sessions.ts'
import { type FoundSession, noteSeen } from '#db/accounts/find-session.ts'
import { staffStanding } from '../domain/session-rules.ts'
import { sessionOfCookies } from './session-of-cookies.ts'

/** The session of this request, or null. Asked of the database once for each request, so that what ended has ended. */
export const currentSession: () => Promise<FoundSession | null> = cache(async () => {
  await connection()
  const now = new Date()
  const session = await sessionOfCookies(await cookies(), now)
  if (!session) return null
  // A window of the back office that was left open ends for good: no look at the shop may wake it up again.
  if (session.secondFactorAt && staffStanding(session, now) === 'lapsed') {
    await endSession(session.account.id, session.id, now)
    return null
  }
  await noteSeen(session, now)
  return session
})
