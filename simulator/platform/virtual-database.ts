import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { seedCatalog } from '../../db/catalog/seed/seed-catalog.ts'
import { migrateDatabase } from '../../db/migrate.ts'

/** What stays from seed to seed: the catalogue. */
const KEPT = ['categories', 'option_values', 'products', 'variants', 'product_search', 'search_words']
const CLOCK = `select pg_catalog.to_timestamp(public.virtual_clock_ms('public.virtual_clock') / 1000.0::float8)`

/**
 * `now()` is where a sequence stands, and ids come from another. The schema `public` is searched before `pg_catalog`, so
 * that migrations bind their defaults to these and every statement of the shop finds them first; pg-boss reads its
 * time from a function of its own, which is given the same. All are single expressions, which the planner puts in
 * place of their calls; PostgreSQL's own function that reads a sequence counts as volatile, and would prevent that.
 */
const VIRTUAL_FUNCTIONS = `
  create sequence virtual_clock;
  create sequence virtual_ids;
  create function virtual_clock_ms(regclass) returns bigint language internal stable strict as 'pg_sequence_last_value';
  create function public.now() returns timestamptz language sql stable as $$ ${CLOCK} $$;
  create function public.clock_timestamp() returns timestamptz language sql stable as $$ ${CLOCK} $$;
  create function public.random() returns float8 language sql volatile as $$
    select ('x' || substr(pg_catalog.md5(nextval('public.virtual_ids')::text), 1, 8))::bit(32)::bigint / 4294967296.0::float8
  $$;
  create function public.gen_random_uuid() returns uuid language sql volatile as $$
    select overlay(overlay(pg_catalog.md5(nextval('public.virtual_ids')::text) placing '4' from 13) placing '8' from 17)::uuid
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
  await setClock(sql, Date.parse('2026-11-01T00:00:00Z'))
  await migrateDatabase(url)
  await sql.unsafe(`create or replace function pgboss.job_now() returns timestamptz language sql stable
    as $$ ${CLOCK} $$`)
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
  await admin`alter database ${admin(name)} set plan_cache_mode = force_generic_plan`
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

/** What `now()` says in the database from here on, in milliseconds since the epoch. */
export async function setClock(sql: postgres.Sql, instantMs: number): Promise<void> {
  await sql`select setval('virtual_clock', ${instantMs}::bigint)`
}

/** Every table that a run has written is emptied, and every sequence begins again. */
export async function emptyShop(sql: postgres.Sql, nowMs: number): Promise<void> {
  const written = await sql<{ name: string }[]>`
    select oid::regclass::text as name from pg_class
    where relkind = 'r' and (relnamespace = 'public'::regnamespace or oid = 'pgboss.job_common'::regclass)
      and not relname = any (${KEPT}) and pg_relation_size(oid) > 0 order by oid`
  if (written.length > 0) await sql.unsafe(`truncate ${written.map(({ name }) => name).join(', ')} cascade`)
  await sql`
    select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) from pg_sequences
    where schemaname = 'public' and last_value is not null and not sequencename = any (${KEPT.map((table) => `${table}_id_seq`)})`
  await sql`select setval('virtual_ids', 1)`
  await sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null, maintain_on = null`
  await setClock(sql, nowMs)
}
