import 'server-only'
import { asc, eq, isNull, sql } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { accounts, sessions, staff } from '../schema.ts'

/** Who works here, with roles and when they were last seen. */
export const listStaff = (_: Permit<'staff.manage'>) =>
  db
    .select({
      id: accounts.id,
      email: accounts.email,
      name: accounts.name,
      roles: staff.roles,
      enrolled: sql<boolean>`${staff.totpConfirmedAt} is not null`,
      seenAt: sql<
        string | null
      >`(select max(${sessions.seenAt}) from ${sessions} where ${sessions.accountId} = ${accounts.id})`,
    })
    .from(staff)
    .innerJoin(accounts, eq(accounts.id, staff.accountId))
    .where(isNull(staff.endedAt))
    .orderBy(asc(accounts.email))
