import { randomUUID } from 'node:crypto'
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js'
import { eq, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { accounts, staff } from '#db/accounts/schema.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { askExport } from '#db/office/ask-export.ts'
import { findExport, listExports, readExportPart } from '#db/office/read-exports.ts'
import { removeOldExports } from '#db/office/remove-old-exports.ts'
import { orderExportParts, orderExports } from '#db/office/schema.ts'
import { placeOrder } from '#db/orders/place-order.ts'
import { sampleOrder } from '#db/testing/sample-order.ts'
import { parseCsv } from '../domain/csv.ts'
import type { ExportFormat } from '../domain/order-export.ts'
import { EVERY_ORDER } from '../domain/order-list.ts'
import { grantPermit, type Role } from '../domain/permissions.ts'
import { writeOrderExport } from './write-order-export.ts'

const NAMES = ['林薇', '=HYPERLINK("http://evil.example")', 'Zoë Martin']
const going = () => new AbortController().signal

beforeAll(async () => {
  await seedCatalog(db, new Date())
  for (const recipient of NAMES) {
    const order = await sampleOrder({ 'CPT-GA11-IVO': 1 })
    const placed = await placeOrder({ ...order, address: { ...order.address, recipient } })
    if (!placed.ok) throw new Error(placed.error.code)
  }
})

async function somebody(role: Role = 'orders') {
  const [account] = await db
    .insert(accounts)
    .values({ email: `${randomUUID()}@example.com`, locale: 'zh', confirmedAt: new Date() })
    .returning({ id: accounts.id })
  const staffId = account?.id ?? ''
  await db.insert(staff).values({ accountId: staffId, roles: [role] })
  const permit = grantPermit({ staffId, name: role, roles: [role] }, 'orders.export')
  if (!permit) throw new Error(`${role} may not export`)
  return permit
}

async function ask(permit: Awaited<ReturnType<typeof somebody>>, format: ExportFormat = 'csv') {
  const id = randomUUID()
  await askExport(permit, { id, format, locale: 'zh', filter: EVERY_ORDER, ip: '127.0.0.1' })
  return id
}

async function fileOf(id: string): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = []
  for (let next = await readExportPart(id, -1); next; next = await readExportPart(id, next.part))
    parts.push(next.content)
  return Buffer.concat(parts)
}

test('each order is a line, a name that looks like a formula is none, and two clicks are one file', async () => {
  const permit = await somebody()
  const id = await ask(permit)
  await askExport(permit, { id, format: 'csv', locale: 'zh', filter: EVERY_ORDER, ip: '127.0.0.1' })
  expect(await findExport(permit, id)).toBeNull()
  expect(await writeOrderExport(id, going())).toEqual({ rows: NAMES.length })

  const found = await findExport(permit, id)
  const file = await fileOf(id)
  expect(found).toMatchObject({ state: 'done', rows: NAMES.length, expected: NAMES.length, bytes: file.length })
  const rows = parseCsv(file.toString())
  expect(rows.ok && rows.value.map(({ cells }) => cells[2])).toEqual(['顾客', ...NAMES.toReversed()])
  expect(file.toString()).toContain("'=HYPERLINK")
  const noted = await db.execute(sql`select action from audit_log where about_id = ${id}`)
  expect(noted).toEqual([{ action: 'orders.export' }])
  expect(
    await db.execute(sql`select data from pgboss.job where data = ${JSON.stringify({ exportId: id })}::text::jsonb`),
  ).toHaveLength(1)
})

test('the same as a spreadsheet', async () => {
  const permit = await somebody()
  const id = await ask(permit, 'xlsx')
  await writeOrderExport(id, going())
  const entries = await new ZipReader(new Uint8ArrayReader(await fileOf(id))).getEntries()
  const sheet = entries.find(({ filename }) => filename === 'xl/worksheets/sheet1.xml')
  if (!sheet || sheet.directory) throw new Error('no sheet')
  const xml = await sheet.getData(new TextWriter())
  expect(xml.match(/<row>/g)).toHaveLength(NAMES.length + 1)
  expect(xml).toContain('=HYPERLINK(&quot;')
})

test('a run that was cut off begins anew, and what is written is not written again', async () => {
  const permit = await somebody()
  const id = await ask(permit)
  await expect(writeOrderExport(id, AbortSignal.abort())).rejects.toThrow()
  await db.insert(orderExportParts).values({ exportId: id, part: 7, content: Buffer.from('half a line') })
  await writeOrderExport(id, going())
  expect((await fileOf(id)).toString()).not.toContain('half')
  expect(await writeOrderExport(id, going())).toBe('nothing_to_do')
})

test('nobody has another’s file, and who may not export any more gets none', async () => {
  const [mei, jun] = [await somebody(), await somebody('owner')]
  const [hers, lost] = [await ask(mei), await ask(mei)]
  await writeOrderExport(hers, going())
  expect(await findExport(jun, hers)).toBeNull()
  expect(await listExports(jun)).toEqual([])
  await db
    .update(staff)
    .set({ roles: ['support'] })
    .where(eq(staff.accountId, mei.staffId))
  expect(await writeOrderExport(lost, going())).toBe('nothing_to_do')
  expect((await listExports(mei)).map(({ state }) => state)).toEqual(['failed', 'done'])
})

test('a file goes after a day with all its parts, and what nobody wrote is given up', async () => {
  const permit = await somebody()
  const [old, stuck] = [await ask(permit), await ask(permit)]
  await writeOrderExport(old, going())
  await db
    .update(orderExports)
    .set({ askedAt: new Date(Date.now() - 25 * 3_600_000) })
    .where(eq(orderExports.id, old))
  await db
    .update(orderExports)
    .set({ askedAt: new Date(Date.now() - 4 * 3_600_000) })
    .where(eq(orderExports.id, stuck))
  expect(await removeOldExports(new Date())).toEqual({ removed: 1, givenUp: 1 })
  expect(await fileOf(old)).toHaveLength(0)
  expect((await listExports(permit)).map(({ id, state }) => [id, state])).toEqual([[stuck, 'failed']])
})
