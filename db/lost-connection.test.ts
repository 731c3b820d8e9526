import postgres from 'postgres'
import { afterAll, expect, test, vi } from 'vitest'
import { db, sql } from './client.ts'

/** A backend that is ended under us, as by a restart of the server or a failing network. */
const killer = postgres(process.env['DATABASE_URL'] ?? '', { max: 1 })
afterAll(() => killer.end())

const backendOf = async (tx: { unsafe: typeof sql.unsafe }) => {
  const [row] = await tx.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid')
  return row?.pid ?? 0
}
const endBackend = (pid: number) => killer`select pg_terminate_backend(${pid}, 5000)`.execute()

test('a transaction whose connection is lost rejects, and nothing of it happens outside of it', async () => {
  await sql`create table once_only (n integer primary key)`
  for (let n = 0; n < 20; n++) {
    const lost = sql.begin(async (tx) => {
      const pid = await backendOf(tx)
      const ended = endBackend(pid)
      if (n % 2 === 0) await ended
      // Others want a connection meanwhile: the pool may give the same one a new backend.
      const others = Promise.all(Array.from({ length: 30 }, () => sql`select 1`.execute()))
      await tx`select pg_sleep(0.01)`.catch(() => undefined)
      await Promise.all([others, ended])
      await tx`insert into once_only values (${n})`
    })
    await expect(lost).rejects.toThrow(/CONNECTION_|terminating connection/)
  }
  expect(await sql`select n from once_only`).toHaveLength(0)
})

test('when the server drops everything, the pool answers again', async () => {
  for (let round = 0; round < 10; round++) {
    const work = Promise.allSettled(
      Array.from({ length: 40 }, (_, n) =>
        n % 2 === 0 ? sql`select pg_sleep(0.02)` : db.transaction((tx) => tx.execute('select pg_sleep(0.02)')),
      ),
    )
    await killer`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    await work
    // A connection that is going down may take one more question with it.
    await vi.waitFor(async () => expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }]), 5_000)
  }
})

test('a transaction that begins on a busy connection has it to itself', async () => {
  const pipelined = Array.from({ length: 3_000 }, (_, n) =>
    n % 10 === 0
      ? sql.begin(async (tx) => {
          const [before] = await tx<{ id: string }[]>`select pg_current_xact_id()::text as id`
          const [after] = await tx<{ id: string }[]>`select pg_current_xact_id()::text as id`
          return before?.id === after?.id
        })
      : sql`select ${'x'.repeat(n % 7 === 0 ? 60_000 : 10)}::text`.then(() => true),
  )
  expect((await Promise.all(pipelined)).every(Boolean)).toBe(true)
})
