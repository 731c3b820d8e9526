import type { Page } from '@playwright/test'
import type postgres from 'postgres'
import { PAYLOADS } from '../scripts/attack/payloads.ts'
import { placePaidOrders, signInAsCustomer, signInAsStaff, withDatabase } from './support/sign-in.ts'
import { expect, test } from './support/test.ts'

/** Fields that people write, by table; each order takes ten payloads. */
const OF_ADDRESS = ['recipient', 'phone', 'region', 'city', 'district', 'street', 'street2', 'postcode'] as const
const ORDERS = 6
const payload = (n: number) => PAYLOADS[n % PAYLOADS.length] ?? ''

/** Writes markup where shoppers and staff write words, below the forms that would refuse some of it. */
async function spoil(sql: postgres.Sql, accountId: string, numbers: readonly string[], staffId: string): Promise<void> {
  await sql`update accounts set name = ${payload(0)} where id = ${accountId}`
  await sql`update sessions set user_agent = ${payload(1)}, ip = ${payload(2)} where account_id = ${accountId}`
  for (const [at, number] of numbers.entries()) {
    const texts = (from: number) =>
      Object.fromEntries(OF_ADDRESS.map((field, n) => [field, payload(at * 10 + from + n)]))
    await sql`update orders set account_id = ${accountId}, phone = ${payload(at * 10 + 8)} where number = ${number}`
    await sql`update order_addresses set ${sql(texts(0))} where order_id = (select id from orders where number = ${number})`
    await sql`insert into order_notes (id, order_id, text, actor)
      select gen_random_uuid(), id, ${payload(at * 10 + 9)}, ${`staff:${staffId}`} from orders where number = ${number}`
    await sql`insert into addresses ${sql({ account_id: accountId, is_default: at === 0, country: 'CN', ...texts(5) })}`
  }
}

/** Hears of everything that markup could do: run, ask, or be stopped by the policy. */
async function listen(page: Page): Promise<readonly string[]> {
  const heard: string[] = []
  await page.addInitScript(() => Object.assign(globalThis, { xss7f3a: () => console.error('markup ran') }))
  page.on('dialog', (dialog) => {
    heard.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (line) => {
    if (/markup ran|Content Security Policy/i.test(line.text())) heard.push(`${page.url()}: ${line.text()}`)
  })
  page.on('request', (request) => {
    if (request.url().includes('/api/reports')) heard.push(`${page.url()}: a report`)
  })
  return heard
}

async function visit(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const answer = await page.goto(path, { waitUntil: 'load' })
    expect(answer?.status(), path).toBeLessThan(400)
    expect(await page.locator('[onload], [onerror], [ontoggle], [onfocus], [onpointerenter]').count(), path).toBe(0)
  }
}

test('60 kinds of markup in what people write are words on every page that shows them', async ({ page, browser }) => {
  test.setTimeout(120_000)
  const numbers = await placePaidOrders(ORDERS, 1)
  const { accountId } = await signInAsCustomer(page)
  const office = await (await browser.newContext()).newPage()
  const owner = await signInAsStaff(office, 'owner')
  await withDatabase((sql) => spoil(sql, accountId, numbers, owner.accountId))
  const [heard, heardInOffice] = [await listen(page), await listen(office)]

  await visit(
    page,
    ['account', 'account/security', 'account/addresses', 'account/orders'].map((path) => `/en/${path}`),
  )
  await visit(
    page,
    numbers.map((number) => `/en/account/orders/${number}`),
  )
  await visit(
    office,
    numbers.map((number) => `/en/admin/orders/${number}`),
  )
  await visit(office, [
    '/en/admin/orders',
    `/en/admin/orders?q=${encodeURIComponent(payload(3))}`,
    '/en/admin/customers',
    `/en/admin/customers/${accountId}`,
    `/en/admin/ship/${numbers[0]}`,
  ])
  await expect(office.locator('body')).not.toContainText('undefined')
  await office.goto(`/en/admin/orders/${numbers[0]}`)
  await expect(office.locator('body')).toContainText('xss7f3a')
  expect([...heard, ...heardInOffice]).toEqual([])
})
