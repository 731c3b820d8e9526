import 'server-only'
import { asc, eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { accounts, staffInvitations } from '../schema.ts'

/** Who is invited to work here and has not come yet, also those whose time is over. */
export const listInvitations = (_: Permit<'staff.manage'>) =>
  db
    .select({
      id: accounts.id,
      email: accounts.email,
      locale: accounts.locale,
      roles: staffInvitations.roles,
      expiresAt: staffInvitations.expiresAt,
    })
    .from(staffInvitations)
    .innerJoin(accounts, eq(accounts.id, staffInvitations.accountId))
    .orderBy(asc(accounts.email))
