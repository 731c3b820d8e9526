import { beforeAll, expect, test } from 'vitest'
import { auditMoney } from '../audit/audit-money.ts'
import { db, sql } from '../client.ts'
import { appendAuditEntry } from './append-audit-entry.ts'
import { findBrokenAuditSeal, sealAuditEntries } from './seal-audit-entries.ts'

const ENTRIES = 12
const entry = (n: number) => ({
  actor: 'staff:1',
  action: 'orders.ship',
  about: { kind: 'order', id: String(n) },
  before: { state: 'unfulfilled' },
  after: { state: 'shipped', parcels: [n] },
  reason: null,
  ip: '203.0.113.7',
})

beforeAll(async () => {
  for (let n = 0; n < ENTRIES; n++) await appendAuditEntry(db, entry(n))
})

test('each entry is sealed once, also by several sealers', async () => {
  const sealed = await Promise.all(Array.from({ length: 4 }, sealAuditEntries))
  expect(sealed.reduce<number>((sum, one) => sum + (one ?? 0), 0)).toBe(ENTRIES)
  expect(await sealAuditEntries()).toBe(0)
  expect(await findBrokenAuditSeal()).toBeNull()
})

test('an entry whose transaction is rolled back is not there', async () => {
  const rolledBack = db.transaction(async (tx) => {
    await appendAuditEntry(tx, entry(99))
    tx.rollback()
  })
  await expect(rolledBack).rejects.toThrow()
  expect(await sealAuditEntries()).toBe(0)
})

test('the log refuses change', async () => {
  await expect(sql`update audit_log set reason = 'no'`).rejects.toThrow('append-only')
  await expect(sql`delete from audit_seals`).rejects.toThrow('append-only')
})

const forging = async (work: () => Promise<unknown>) => {
  await sql`alter table audit_log disable trigger user`
  await sql`alter table audit_seals disable trigger user`
  await work()
}

test('who gets past that is found', async () => {
  const [old] = await sql<[{ after: string }]>`select after::text from audit_log where about_id = '3'`
  await forging(() => sql`update audit_log set after = '{"state":"lost"}' where about_id = '3'`)
  expect(await findBrokenAuditSeal()).toEqual({ position: '4', what: 'changed' })
  const findings = await auditMoney()
  expect(findings.find(({ rule }) => rule === 'audit_log_is_as_sealed')?.what).toBe('seal 4: the entry was changed')
  await sql`update audit_log set after = ${old.after}::text::jsonb where about_id = '3'`
  expect(await findBrokenAuditSeal()).toBeNull()

  await sql`update audit_seals set content = replace(content, 'shipped', 'lost') where position = 7`
  expect(await findBrokenAuditSeal()).toEqual({ position: '7', what: 'chain' })
})
