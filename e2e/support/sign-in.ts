import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import postgres from 'postgres'
import type { Role } from '#lib/domain/permissions.ts'

const data = resolve(import.meta.dirname, '../../.data/e2e')
const kept = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '')

/** The database and the sealing secret of the shop under test: those of `playwright.config.ts`, or named beside E2E_BASE_URL. */
const databaseUrl = () =>
  process.env['E2E_DATABASE_URL'] ??
  `postgres://postgres:${kept(resolve(data, 'postgres/password'))}@127.0.0.1:3901/comptoir`
const authSecret = () => process.env['E2E_AUTH_SECRET'] ?? kept(resolve(data, 'auth-secret'))

/** Orders of some units of one piece that are paid already. @returns their numbers, the oldest first. */
export async function placePaidOrders(count: number, units = 2): Promise<readonly string[]> {
  const script = resolve(import.meta.dirname, 'paid-orders.ts')
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--conditions=react-server', script, String(count), String(units)], {
    env: { ...process.env, DATABASE_URL: databaseUrl() },
  })
  // A log may follow.
  return JSON.parse(stdout.split('\n')[0] ?? '') as string[]
}

/** Work on the database of the shop under test, with a connection that is closed after it. */
export async function withDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(databaseUrl(), { max: 1, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

type Person = { readonly accountId: string; readonly email: string }

const newAccount = async (sql: postgres.Sql, name: string): Promise<Person> => {
  const email = `${name}-${randomUUID().slice(0, 8)}@example.com`
  const [account] = await sql<[{ id: string }]>`
    insert into accounts (email, name, locale, confirmed_at) values (${email}, 'Lin Wei', 'en', now()) returning id`
  return { accountId: account.id, email }
}

async function openSession(page: Page, sql: postgres.Sql, accountId: string, withCode: boolean): Promise<void> {
  const [session] = await sql<[{ id: string }]>`
    insert into sessions (account_id, expires_at, second_factor_at, stepped_up_at)
    values (${accountId}, now() + interval '1 day', ${withCode ? sql`now()` : null}, ${withCode ? sql`now()` : null})
    returning id`
  const value = await encode({ token: { sid: session.id }, secret: authSecret() })
  // A cookie without a path of its own would be that of the folder of this address.
  const url = new URL('/', (await page.request.get('/api/health')).url()).href
  await page.context().addCookies([
    { name: 'session', value, url, httpOnly: true, sameSite: 'Lax' },
    { name: 'greeting', value: 'Lin%20Wei', url, sameSite: 'Lax' },
  ])
}

/** Signs the page in as a customer of its own, with nothing but a name. */
export const signInAsCustomer = (page: Page): Promise<Person> =>
  withDatabase(async (sql) => {
    const person = await newAccount(sql, 'customer')
    await openSession(page, sql, person.accountId, false)
    return person
  })

/** Signs the page in as staff of its own with one role, the code of the device just given. */
export const signInAsStaff = (page: Page, role: Role): Promise<Person> =>
  withDatabase(async (sql) => {
    const person = await newAccount(sql, role)
    await sql`insert into staff (account_id, roles, totp_confirmed_at) values (${person.accountId}, ${[role]}, now())`
    await openSession(page, sql, person.accountId, true)
    return person
  })
