import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropDatabase } from '#db/backup/scratch-database.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { killProgram } from './testing/kill-program.ts'
import { databaseBeside } from './testing/made-backup.ts'
import { runProgram } from './testing/run-program.ts'
import { isUnfinished } from './write-file.ts'

const root = mkdtempSync(join(tmpdir(), 'comptoir-killed-'))
const backups = join(root, 'backups')
const photos = join(root, 'photos')
const archive = join(root, 'archive')
const target = databaseBeside('killed')
const environment = {
  DATABASE_URL: process.env['DATABASE_URL'] ?? '',
  DATA_DIR: root,
  BACKUP_DIR: backups,
  PHOTOS_DIR: photos,
  ARCHIVE_DIR: archive,
}

beforeAll(async () => {
  await seedCatalog(db, new Date())
  for (let n = 0; n < 40; n++)
    await sql`
      insert into payment_messages (provider, source, headers, body, verdict, reason, received_at)
      values ('alipay', 'notify', '{}', ${randomBytes(200_000)}, 'refused', 'test', now() - interval '2 months')`
  mkdirSync(join(photos, 'originals'), { recursive: true })
  writeFileSync(join(photos, 'originals', 'a_piece-A1.webp'), randomBytes(300_000))
})
afterAll(async () => {
  rmSync(root, { recursive: true })
  await dropDatabase(target)
  await dropDatabase(beside(target))
})

const beside = (url: string) => `${url}_restoring`
const unfinishedIn = (folder: string) => (existsSync(folder) ? readdirSync(folder).filter(isUnfinished) : [])
const backupsThere = () => readdirSync(backups).filter((name) => name.endsWith('.age'))
const isWriting = (atLeast: number) => () =>
  unfinishedIn(backups).some((name) => statSync(join(backups, name), { throwIfNoEntry: false })?.size ?? 0 >= atLeast)

test('a backup that is killed leaves no half one, and the next is whole, photographs and all', async () => {
  for (const atLeast of [1, 4_000_000]) {
    expect(await killProgram('scripts/backup.ts', ['--way', 'copy'], environment, isWriting(atLeast))).toBe(true)
    expect(backupsThere()).toEqual([])
  }
  await runProgram('scripts/backup.ts', ['--way', 'copy'], environment)
  expect(backupsThere()).toHaveLength(1)
}, 60_000)

test('a restore that is killed touches nothing, and the next brings every row and photograph back', async () => {
  const [file = ''] = backupsThere().map((name) => join(backups, name))
  const [original] = await sql`select count(*)::int as messages, sum(length(body))::int as bytes from payment_messages`
  const whole = readFileSync(join(photos, 'originals', 'a_piece-A1.webp'))
  rmSync(photos, { recursive: true })
  const server = new URL(environment.DATABASE_URL)
  server.pathname = '/postgres'
  const admin = postgres(server.href, { max: 1 })
  const names = async () =>
    (await admin<{ datname: string }[]>`select datname from pg_database`).map((row) => row.datname)
  const nameOf = (url: string) => new URL(url).pathname.slice(1)
  const isFilling = async () => (await names()).includes(nameOf(beside(target)))
  expect(await killProgram('scripts/restore.ts', [file, '--to', target], environment, isFilling)).toBe(true)
  expect(await names()).not.toContain(nameOf(target))
  await runProgram('scripts/restore.ts', [file, '--to', target], environment)
  expect(await names()).not.toContain(nameOf(beside(target)))
  await admin.end()
  const there = postgres(target, { max: 1 })
  expect(
    (await there`select count(*)::int as messages, sum(length(body))::int as bytes from payment_messages`)[0],
  ).toEqual(original)
  await there.end()
  expect(readFileSync(join(photos, 'originals', 'a_piece-A1.webp')).equals(whole)).toBe(true)
}, 120_000)

test('an archive that is killed has whole months only, and the next run goes on and is proven', async () => {
  const isExporting = () => unfinishedIn(archive).length > 0
  expect(await killProgram('scripts/archive.ts', [], environment, isExporting)).toBe(true)
  await runProgram('scripts/archive.ts', [], environment)
  expect(unfinishedIn(archive)).toEqual([])
  expect(readdirSync(archive).length).toBeGreaterThan(1)
  await runProgram('scripts/archive-verify.ts', [], environment)
}, 60_000)
