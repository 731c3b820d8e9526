import { expect, test } from 'vitest'
import { db, sql } from '../client.ts'
import { makeFirstOwner } from './make-first-owner.ts'
import { accounts, staff } from './schema.ts'

const NOW = new Date('2026-11-21T08:00:00Z')
const join = (email: string, confirmedAt: Date | null) =>
  db.insert(accounts).values({ email, locale: 'en', confirmedAt })

test('a shop without an owner gets one, whose address is confirmed, and only one', async () => {
  await join('ann@example.com', NOW)
  await join('bo@example.com', NOW)
  await join('eve@example.com', null)
  expect(await makeFirstOwner('eve@example.com')).toMatchObject({ error: { code: 'unknown_account' } })
  expect(await makeFirstOwner('nobody@example.com')).toMatchObject({ error: { code: 'unknown_account' } })

  expect(await makeFirstOwner('ann@example.com')).toMatchObject({ ok: true })
  expect(await makeFirstOwner('bo@example.com')).toMatchObject({ error: { code: 'owner_exists' } })
  expect(await db.select({ roles: staff.roles }).from(staff)).toEqual([{ roles: ['owner'] }])
  expect(await sql`select action, actor from audit_log`).toEqual([{ action: 'staff.first_owner', actor: 'system' }])

  await db.update(staff).set({ endedAt: NOW })
  expect(await makeFirstOwner('ann@example.com')).toMatchObject({ ok: true })
  expect(await db.select({ endedAt: staff.endedAt }).from(staff)).toEqual([{ endedAt: null }])
})
