import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'

/** Runs before each test file: a fresh, migrated, empty database of its own, which `db/client.ts` then connects to. */
const template = new URL(inject('templateUrl'))
const name = `test_${randomBytes(8).toString('hex')}`

const admin = postgres(inDatabase('postgres'), { max: 1, onnotice: () => undefined })
await createFromTemplate()
process.env['DATABASE_URL'] = inDatabase(name)

afterAll(async () => {
  const { sql } = await import('../client.ts')
  await sql.end({ timeout: 5 })
  await admin`drop database if exists ${admin(name)} with (force)`
  await admin.end()
})

function inDatabase(database: string): string {
  const url = new URL(template)
  url.pathname = `/${database}`
  return url.href
}

/** PostgreSQL copies a database for one caller at a time, so files that start together wait for each other. */
async function createFromTemplate() {
  await admin`select pg_advisory_lock(hashtext('copy-template'))`
  await admin`create database ${admin(name)} template ${admin(template.pathname.slice(1))}`
  await admin`select pg_advisory_unlock(hashtext('copy-template'))`
}
