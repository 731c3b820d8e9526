import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { APPEND_ONLY_TABLES } from './append-only-tables.ts'
import { sql } from './client.ts'
import { makeShopRole } from './shop-role.ts'

const ownerUrl = process.env['DATABASE_URL'] ?? ''
const roles: string[] = []
let shop: postgres.Sql

beforeAll(async () => {
  const made = await makeShopRole(ownerUrl)
  if (!made.ok) throw new Error(made.error.reason)
  roles.push(made.value.role)
  shop = postgres(made.value.url, { max: 2, onnotice: () => undefined })
})

afterAll(async () => {
  await shop.end()
  for (const role of roles) {
    await sql.unsafe(`drop owned by "${role}"`)
    await sql.unsafe(`drop role "${role}"`)
  }
})

test.each(APPEND_ONLY_TABLES)('the shop reads %s, adds to it and changes nothing in it', async (table) => {
  const rights = (right: string) => shop`select has_table_privilege(${table}, ${right}) as has`
  expect(await rights('select')).toEqual([{ has: true }])
  expect(await rights('insert')).toEqual([{ has: true }])
  const [column] = await shop<[{ name: string }]>`
    select attname as name from pg_attribute where attrelid = to_regclass(${table}) and attnum > 1 limit 1`
  for (const change of [`update ${table} set ${column.name} = null`, `delete from ${table}`, `truncate ${table}`])
    await expect(shop.unsafe(change)).rejects.toThrow('permission denied')
})

test.each([
  ['switch off the trigger', 'alter table ledger_entries disable trigger all'],
  ['go around it', 'set session_replication_role = replica'],
  ['make a table', 'create table mine (id int)'],
  ['become its owner', `set role postgres`],
])('the shop cannot %s', async (_what, statement) => {
  await expect(shop.unsafe(statement)).rejects.toThrow(/permission denied|must be owner|no privileges/)
})

test('a right that the shop grants itself is none', async () => {
  await shop`grant update on ledger_entries to current_user`
  await expect(shop`update ledger_entries set currency = 'CNY'`).rejects.toThrow('permission denied')
})

test('everything else the shop may change', async () => {
  const [left] = await shop`
    select count(*)::int as count from pg_tables
    where schemaname in ('public', 'pgboss') and tablename not in ${shop(APPEND_ONLY_TABLES)}
      and not has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), 'insert, update, delete')`
  expect(left).toEqual({ count: 0 })
})

test('many who make it at once get the same', async () => {
  const made = await Promise.all(Array.from({ length: 4 }, () => makeShopRole(ownerUrl)))
  expect(made.every(({ ok }) => ok)).toBe(true)
  expect(await shop`select 1 as one`).toEqual([{ one: 1 }])
})

test('an owner who may make no role is told so', async () => {
  const role = `owner_${randomBytes(4).toString('hex')}`
  await sql.unsafe(`create role ${role} login password 'secret'`)
  roles.push(role)
  const url = new URL(ownerUrl)
  url.username = role
  url.password = 'secret'
  expect(await makeShopRole(url.href)).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
})
