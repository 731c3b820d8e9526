import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { seedCatalog } from '../../db/catalog/seed/seed-catalog.ts'
import { migrateDatabase } from '../../db/migrate.ts'

/** What stays from seed to seed: the catalogue, and the clock itself. */
const KEPT = ['categories', 'option_values', 'products', 'variants', 'product_search', 'search_words', 'virtual_clock']

/**
 * `now()` is a table's one row, and ids come from a sequence. The schema `public` is searched before `pg_catalog`, so
 * that migrations bind their defaults to these and every statement of the shop finds them first; pg-boss reads its
 * time from a function of its own, which is given the same.
 */
const VIRTUAL_FUNCTIONS = `
  create table virtual_clock (at timestamptz not null);
  insert into virtual_clock values ('2026-11-01');
  create sequence virtual_ids;
  create function public.now() returns timestamptz language sql stable as 'select at from public.virtual_clock';
  create function public.clock_timestamp() returns timestamptz language sql stable as 'select at from public.virtual_clock';
  create function public.random() returns float8 language sql volatile as $$
    select ('x' || substr(pg_catalog.md5(nextval('public.virtual_ids')::text), 1, 8))::bit(32)::bigint / 4294967296.0::float8
  $$;
  create function public.gen_random_uuid() returns uuid language sql volatile as $$
    select (substr(h, 1, 12) || '4' || substr(h, 14, 3) || '8' || substr(h, 18))::uuid
    from pg_catalog.md5(nextval('public.virtual_ids')::text) as h
  $$;`

/**
 * Makes a database of the shop in which time and ids are the simulator's, with the catalogue in it.
 * @param change done to it in the end.
 */
export async function createVirtualDatabase(url: string, change = ''): Promise<void> {
  await asAdmin(url, async (admin, name) => {
    await admin`create database ${admin(name)}`
    await setUp(admin, name)
  })
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  await sql.unsafe(VIRTUAL_FUNCTIONS)
  await migrateDatabase(url)
  await sql.unsafe(`create or replace function pgboss.job_now() returns timestamptz language sql stable
    as 'select at from public.virtual_clock'`)
  await seedCatalog(drizzle(sql, { casing: 'snake_case' }), new Date('2026-11-01T00:00:00Z'))
  await sql.unsafe(change)
  await sql.end()
}

/** What a copy does not inherit. Deadlocks are found by the line, before PostgreSQL looks for them by its own clock. */
async function setUp(admin: postgres.Sql, name: string): Promise<void> {
  await admin`alter database ${admin(name)} set search_path = public, pg_catalog`
  await admin`alter database ${admin(name)} set deadlock_timeout = '2s'`
  await admin`alter database ${admin(name)} set synchronous_commit = off`
  await admin`alter database ${admin(name)} set jit = off`
}

export const copyVirtualDatabase = (template: string, url: string): Promise<void> =>
  asAdmin(url, async (admin, name) => {
    await admin`create database ${admin(name)} template ${admin(new URL(template).pathname.slice(1))}`
    await setUp(admin, name)
  })

export const dropDatabase = (url: string): Promise<void> =>
  asAdmin(url, async (admin, name) => {
    await admin`drop database if exists ${admin(name)} with (force)`
  })

async function asAdmin(url: string, work: (admin: postgres.Sql, name: string) => Promise<void>): Promise<void> {
  const server = new URL(url)
  const name = server.pathname.slice(1)
  server.pathname = '/postgres'
  const admin = postgres(server.href, { max: 1, onnotice: () => undefined })
  try {
    await work(admin, name)
  } finally {
    await admin.end()
  }
}

/** Every table that a run writes, emptied at once. */
export async function emptyShop(sql: postgres.Sql, now: Date): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' and not tablename = any (${KEPT})`
  await sql.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')}, pgboss.job restart identity cascade`)
  await sql`select setval('virtual_ids', 1)`
  await sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null, maintain_on = null`
  await sql`update virtual_clock set at = ${now.toISOString()}::timestamptz`
}
