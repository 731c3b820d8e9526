import 'server-only'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import { cache } from 'react'
import { endSession } from '#db/accounts/end-sessions.ts'
import { type FoundSession, findSession, noteSeen } from '#db/accounts/find-session.ts'
import { secure } from '#lib/env.ts'
import { isLive, staffStanding } from '../domain/session-rules.ts'
import { sessionCookieName } from './session-cookies.ts'
import { openSessionToken } from './session-token.ts'

/** The session of this request, or null. Asked of the database once for each request, so that what ended has ended. */
export const currentSession: () => Promise<FoundSession | null> = cache(async () => {
  await connection()
  const token = (await cookies()).get(sessionCookieName(secure))?.value
  if (!token) return null
  const sessionId = await openSessionToken(token)
  const session = sessionId === null ? null : await findSession(sessionId)
  const now = new Date()
  if (!session || !isLive(session, now)) return null
  // A window of the back office that was left open ends for good: no look at the shop may wake it up again.
  if (session.secondFactorAt && staffStanding(session, now) === 'lapsed') {
    await endSession(session.account.id, session.id, now)
    return null
  }
  await noteSeen(session, now)
  return session
})
