import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { staffInvitations } from './schema.ts'

/** Whether somebody is still invited to work here; they may have come or the invitation been taken back. */
export const isInvited = async (accountId: string): Promise<boolean> =>
  (await db.$count(staffInvitations, eq(staffInvitations.accountId, accountId))) > 0
