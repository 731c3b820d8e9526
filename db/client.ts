import 'server-only'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { env } from '#lib/env.ts'

const RECONNECT_SECONDS = 0.25

/** The driver itself, for LISTEN and streaming reads. Timestamps are UTC; money columns come back as bigint. */
export const sql = postgres(env.DATABASE_URL, {
  max: env.DATABASE_POOL,
  connect_timeout: 2,
  // By itself it waits longer for each connection that broke: after a restart of the server ten of them are 20 s.
  backoff: () => RECONNECT_SECONDS,
  connection: { application_name: 'comptoir', statement_timeout: 5_000, lock_timeout: 2_000, jit: 'off' },
  onnotice: () => undefined,
})

export const db = drizzle(sql, { casing: 'snake_case' })
export type Db = typeof db
export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0]
/** What a write takes so that it can join its caller's transaction. */
export type DbOrTransaction = Db | Transaction
