import { parseArgs } from 'node:util'
import { makeBenchDatabase } from './bench-database.ts'

/**
 * Seals and audits a shop of many paid orders (two rows of ledger each), then has a superuser tamper with single rows
 * and sees whether the audit names them, how long it takes, and whether it names anything else. Makes a database of its
 * own on the server of `DATABASE_URL`, whose user must be a superuser:
 * `DATABASE_URL=postgres://… npm run bench:ledger -- --orders 50000`
 */
const { values } = parseArgs({ options: { orders: { type: 'string', default: '50000' } } })
const count = Number(values.orders)

const database = await makeBenchDatabase()

const { db, sql } = await import('#db/client.ts')
const { auditMoney } = await import('#db/audit/audit-money.ts')
const { seedCatalog } = await import('#db/catalog/seed/seed-catalog.ts')
const { checkSeals } = await import('#db/audit/seal-rule.ts')
const { SEALED_AT_ONCE, sealJournals } = await import('#db/ledger/seal-journals.ts')
const { fillPaidOrders } = await import('#db/testing/fill-paid-orders.ts')

const seconds = async <T>(work: () => Promise<T>): Promise<readonly [took: number, result: T]> => {
  const startedAt = performance.now()
  const result = await work()
  return [(performance.now() - startedAt) / 1000, result]
}

/** What `fillPaidOrders` leaves out: one piece to each order, its sale, and what happened to it. */
async function completeOrders() {
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`
    await tx`
      insert into order_lines (order_id, position, variant_id, sku, product_slug, variant_slug, name, options, image,
        unit_price_fen, quantity)
      select orders.id, 0, variants.id, sku, 'piece', slug, '{}', '{}', image, total_fen, 1
      from orders, (select * from variants order by id limit 1) as variants`
    await tx`
      insert into stock_movements (variant_id, quantity, reason, actor, order_id)
      select variant_id, -1, 'sold', 'bench', order_id from order_lines
      union all select min(variant_id), count(*), 'count', 'bench', null from order_lines`
    await tx`
      insert into order_events (order_id, axis, event, from_state, to_state, actor, at)
      select id, axis, event, from_state, to_state, 'bench', placed_at
      from orders, (values (1, 'order', 'placed', null, 'pending_payment'),
        (2, 'payment', 'captured', 'unpaid', 'paid'), (3, 'order', 'payment_captured', 'pending_payment', 'confirmed')
      ) as step (n, axis, event, from_state, to_state)
      order by id, n`
    await tx`
      insert into order_mails (order_id, kind, message_id, begun_at, sent_at)
      select id, 'order_paid', gen_random_uuid(), now(), now() from orders`
  })
  await sql`analyze`
}

const sealAll = async () => {
  while ((await sealJournals())?.sealed === SEALED_AT_ONCE);
}

type Entry = { readonly id: string; readonly amount_fen: string }
const pick = () => sql<Entry[]>`
  select id, amount_fen from ledger_entries where account = 'sales' order by sha256(id::text::bytea) limit 2`

/** Tampers as who may do everything, audits, and mends. */
async function tamper(what: string, statement: string, mend: string): Promise<void> {
  const asSuperuser = (text: string) =>
    sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx.unsafe(text)
    })
  await asSuperuser(statement)
  const [walking, found] = await seconds(() => sql.begin((tx) => checkSeals(tx, null)))
  const [auditing, all] = await seconds(() => auditMoney({ delays: false }))
  await asSuperuser(mend)
  const others = Object.keys(Object.groupBy(all, ({ rule }) => rule)).filter((rule) => rule !== 'ledger_is_as_sealed')
  console.log(`${what}: seals walked in ${walking.toFixed(1)} s, whole audit ${auditing.toFixed(1)} s`)
  for (const line of found) console.log(`  ${line.what}`)
  console.log(`  found as well by ${others.join(', ') || 'no other rule'}`)
}

try {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  await sql`truncate stock_movements`
  await sql`delete from stock`
  const [from, to] = [new Date('2026-11-20T00:00:00+08:00'), new Date('2026-11-21T00:00:00+08:00')]
  await fillPaidOrders({ provider: 'alipay', count, from, to, prefix: 'BNCH' })
  await completeOrders()

  const [sealing] = await seconds(sealAll)
  console.log(`${count} journals sealed in ${sealing.toFixed(1)} s (${Math.round(count / sealing)}/s)`)
  const [auditing, findings] = await seconds(() => auditMoney({ delays: false }))
  console.log(`all rules over ${count} orders, ${count * 2} rows of ledger: ${auditing.toFixed(1)} s`)
  for (const { rule, what } of findings.slice(0, 10)) console.log(`  ${rule}: ${what}`)

  const [one, other] = await pick()
  if (!one || !other) throw new Error('no entries')
  const set = (entry: Entry, amount: string) =>
    `update ledger_entries set amount_fen = ${amount} where id = ${entry.id};`
  console.log(`tampered with entry ${one.id}, and with entry ${other.id} where there are two`)
  await tamper('one row edited', set(one, `${one.amount_fen} - 1`), set(one, one.amount_fen))
  await tamper(
    'two rows swapped',
    set(one, other.amount_fen) + set(other, one.amount_fen),
    set(one, one.amount_fen) + set(other, other.amount_fen),
  )
  await tamper(
    'one row deleted',
    `create table kept as select * from ledger_entries where id = ${one.id}; delete from ledger_entries where id = ${one.id}`,
    'insert into ledger_entries overriding system value select * from kept',
  )
  await tamper(
    'one row inserted',
    `insert into ledger_entries (journal_id, account, provider, amount_fen, currency)
     select journal_id, 'suspense', provider, 0, currency from ledger_entries where id = ${one.id}`,
    `delete from ledger_entries where account = 'suspense'`,
  )
} finally {
  await database.end()
}
