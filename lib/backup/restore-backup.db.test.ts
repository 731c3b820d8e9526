import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listTables } from '#db/backup/describe-database.ts'
import { dropDatabase } from '#db/backup/scratch-database.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { sealJournals } from '#db/ledger/seal-journals.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { placePaid } from '#db/testing/paid-order.ts'
import { findPgProgram } from './pg-dump.ts'
import { databaseBeside, madeBackup } from './testing/made-backup.ts'
import { runProgram } from './testing/run-program.ts'

const SKU = 'CPT-RT90-CEL'
const target = databaseBeside('back')
beforeAll(async () => {
  await seedCatalog(db, new Date())
  await adjustStock({ sku: SKU, delta: 5_000, reason: 'opening_stock', actor: 'test' })
  for (let n = 0; n < 3; n++) await placePaid({ [SKU]: 1 })
  await sealJournals()
})
afterAll(() => dropDatabase(target))

async function restored(way: 'any' | 'copy') {
  const { file, folder, identities, backup } = await madeBackup(way)
  writeFileSync(join(folder, 'key.txt'), identities.join('\n'))
  await dropDatabase(target)
  await runProgram('scripts/restore.ts', [file, '--to', target], { BACKUP_IDENTITY_FILE: join(folder, 'key.txt') })
  rmSync(folder, { recursive: true })
  return backup
}

async function inTarget<T>(ask: (there: postgres.Sql) => Promise<T>): Promise<T> {
  const there = postgres(target, { max: 1, onnotice: () => undefined })
  return ask(there).finally(() => there.end())
}

/** Every row of every table as text; but for the queues' settings, which each start writes anew. */
async function contentOf(database: postgres.Sql): Promise<Record<string, string>> {
  const content: Record<string, string> = {}
  for (const { name } of await listTables(database)) {
    if (name === 'pgboss.queue') continue
    const [row] = await database`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\n' order by t::text)), '') as rows from ${database(name)} as t`
    content[name] = row?.['rows'] as string
  }
  return content
}

test.each(['copy', 'any'] as const)(
  'comes back row by row, with its triggers, keys and numbers (%s)',
  async (way) => {
    const { contents } = await restored(way)
    const server = await sql`select current_setting('server_version_num')::int / 10000 as major`
    const expectDump = way === 'any' && findPgProgram('pg_dump', server[0]?.['major']) !== null
    expect(contents.way).toBe(expectDump ? 'pg_dump' : 'copy')
    await inTarget(async (there) => {
      expect(await contentOf(there)).toEqual(await contentOf(sql))
      const guards = (database: postgres.Sql) => database`
      select conrelid::regclass::text as owner, pg_get_constraintdef(oid) as guard, convalidated as sound from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace
      union all select tgrelid::regclass::text, tgname, tgenabled = 'O' from pg_trigger where not tgisinternal order by 1, 2`
      expect([...(await guards(there))]).toEqual([...(await guards(sql))])
      await expect(there`update journals set kind = 'capture'`).rejects.toThrow('append-only')
      const [last] = await sql`select max(id)::text as id from payment_events`
      const [next] = await there`select nextval(pg_get_serial_sequence('payment_events', 'id'))::text as id`
      expect(BigInt(next?.['id'])).toBeGreaterThan(BigInt(last?.['id']))
    })
  },
  60_000,
)

test('under load, nothing is missing that was acknowledged before its moment', async () => {
  const acknowledged: { orderId: string; at: number }[] = []
  let buying = true
  const shopper = async () => {
    while (buying) {
      const { orderId } = await placePaid({ [SKU]: 1 })
      acknowledged.push({ orderId, at: Date.now() })
    }
  }
  const shoppers = [shopper(), shopper(), shopper()]
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(10)
  const before = acknowledged.length
  const { contents } = await restored('copy').finally(() => {
    buying = false
  })
  await Promise.all(shoppers)
  const takenAt = new Date(contents.takenAt).getTime()
  const due = acknowledged.filter(({ at }) => at <= takenAt)
  expect(due.length).toBeGreaterThanOrEqual(before)
  expect(acknowledged.length).toBeGreaterThan(due.length)
  await inTarget(async (there) => {
    const found = await there<{ id: string }[]>`
      select orders.id from orders join journals on order_id = orders.id join ledger_entries on journal_id = journals.id
      group by 1 having sum(amount_fen) = 0`
    const ids = new Set(found.map(({ id }) => id))
    expect(due.filter(({ orderId }) => !ids.has(orderId))).toEqual([])
    const torn = await there`
      select from orders full join payments on order_id = orders.id where order_id is null or orders.id is null`
    expect(torn).toHaveLength(0)
  })
}, 60_000)
