import { beforeAll, expect, test } from 'vitest'
import { db, sql } from '../client.ts'
import { samplePermit } from '../testing/sample-permit.ts'
import { appendAuditEntry } from './append-audit-entry.ts'
import { type AuditFilter, listAuditEntries } from './list-audit-entries.ts'

const permit = samplePermit('audit.read')
const ALL: AuditFilter = { actor: null, action: null, thing: null, from: null, to: null }

beforeAll(async () => {
  for (let n = 0; n < 7; n++)
    await appendAuditEntry(db, {
      actor: n % 2 ? 'staff:1' : 'system',
      action: n < 3 ? 'orders.note' : 'refused',
      about: { kind: 'order', id: String(n % 4) },
    })
})

const found = async (filter: Partial<AuditFilter>) =>
  (await listAuditEntries(permit, { ...ALL, ...filter }, null, 50)).entries.length

test.each([
  [{}, 7],
  [{ actor: 'staff:1' }, 3],
  [{ action: 'orders.' }, 3],
  [{ action: 'orders.note', actor: 'system' }, 2],
  [{ thing: '0' }, 2],
  [{ thing: '%' }, 0],
  [{ to: new Date(0) }, 0],
  [{ from: new Date(0) }, 7],
] as const)('%j finds %d', async (filter, count) => {
  expect(await found(filter)).toBe(count)
})

test('the pages hold each entry once, the newest first', async () => {
  const seen: bigint[] = []
  for (let before: bigint | null = null, first = true; first || before !== null; first = false) {
    const page: Awaited<ReturnType<typeof listAuditEntries>> = await listAuditEntries(permit, ALL, before, 3)
    seen.push(...page.entries.map(({ id }) => id))
    before = page.next
  }
  const all = await sql<{ id: string }[]>`select id from audit_log order by id desc`
  expect(seen.map(String)).toEqual(all.map(({ id }) => id))
})
