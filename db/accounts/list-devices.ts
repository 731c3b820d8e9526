import 'server-only'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { SESSION_IDLE_MS } from '#lib/domain/session-rules.ts'
import { db } from '../client.ts'
import { sessions } from './schema.ts'

const AT_MOST = 50

/** The devices on which somebody is signed in now, the one used last first. */
export async function listDevices(accountId: string, now: Date) {
  return db
    .select({
      sessionId: sessions.id,
      userAgent: sessions.userAgent,
      ip: sessions.ip,
      createdAt: sessions.createdAt,
      seenAt: sessions.seenAt,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.accountId, accountId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        gt(sessions.seenAt, new Date(now.getTime() - SESSION_IDLE_MS)),
      ),
    )
    .orderBy(desc(sessions.seenAt))
    .limit(AT_MOST)
}
