import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findFreePort } from '../start/ports.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-embedded-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const start = async () => startEmbeddedPostgres(folder, await findFreePort(), { throwaway: true })
const connect = (url: string) => postgres(url, { max: 1, onnotice: () => undefined })

test('a server that a killed launcher left is ended, and its data go on', async () => {
  const left = await start()
  const before = connect(left.url)
  await before`create table kept as select 7 as value`
  await before.end()

  const next = await start()
  expect(left.process.exitCode).toBe(0)
  const after = connect(next.url)
  expect(await after`select value from kept`).toMatchObject([{ value: 7 }])
  await after.end()
  await next.stop()
})

test('only who knows the password comes in, and only the owner can read it', async () => {
  const server = await start()
  const stranger = new URL(server.url)
  stranger.password = 'guess'
  const sql = connect(stranger.href)
  await expect(sql`select 1`).rejects.toThrow('password authentication failed')
  await sql.end()
  expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600)
  await server.stop()
})

test('letters of every script count as letters', async () => {
  const server = await start()
  const sql = connect(server.url)
  await sql`create extension pg_trgm`
  const [row] =
    await sql`select similarity('青瓷茶壶', '青瓷茶') as chinese, similarity('théière', 'theiere') as french,
    lower('É') as lowered, cardinality(show_trgm('é')) as trigrams`
  expect(row).toMatchObject({ lowered: 'é', trigrams: 2 })
  expect(row?.['chinese']).toBeGreaterThan(0.4)
  expect(row?.['french']).toBeLessThan(1)
  await sql.end()
  await server.stop()
})

test('what an initdb that was cut off left behind is no database', async () => {
  mkdirSync(join(folder, 'data.unfinished'))
  writeFileSync(join(folder, 'data.unfinished/PG_VERSION'), '18')
  const server = await start()
  await server.stop()
})
