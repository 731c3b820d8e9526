import 'server-only'
import { SESSION_MS } from '#lib/domain/session-rules.ts'
import { db } from '../client.ts'
import { sessions } from './schema.ts'

/** The device of a sign-in, as its owner will recognise it in the list. */
export type Device = { readonly ip: string; readonly userAgent: string }

const USER_AGENT_AT_MOST = 300

/** Opens a session for somebody who has proved who they are. @returns its id. */
export async function openSession(accountId: string, { ip, userAgent }: Device, now: Date): Promise<string> {
  const [session] = await db
    .insert(sessions)
    .values({
      accountId,
      createdAt: now,
      seenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_MS),
      ip,
      userAgent: userAgent.slice(0, USER_AGENT_AT_MOST),
    })
    .returning({ id: sessions.id })
  if (!session) throw new Error('the session was not written')
  return session.id
}
