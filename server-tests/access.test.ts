import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { addAccountLink } from '#db/accounts/add-account-link.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { orders } from '#db/orders/schema.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { mayDo, type Permission, ROLES } from '#lib/domain/permissions.ts'
import { actionBody, actionFiles, actionsIn, type ListedAction, readActionIds } from './support/actions.ts'
import { AUTH_SECRET, newVisitor, type Visitor } from './support/people.ts'
import { type Shop, startShop } from './support/start-shop.ts'

/** What stands in the address of a page for its parameters, of somebody else's; a page with another parameter fails. */
type Places = Readonly<Record<string, string>>

const NOBODY: Visitor = { accountId: '', email: '', name: '', cookie: '' }
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

const pagesIn = (folder: string) => globSync(`${folder}/**/{page.tsx,route.ts}`)
const routeOf = (file: string) =>
  file
    .replace(/^app\//, '')
    .replace(/\([^)]*\)\//g, '')
    .replace(/\/(page\.tsx|route\.ts)$/, '')

/** The address of a page, with a value for each parameter. @throws for a parameter that the table does not know. */
function addressOf(file: string, places: Places): string {
  const path = routeOf(file).replace(/\[(?:\.\.\.)?([a-zA-Z]+)\]/g, (_, name: string) => {
    const value = name === 'locale' ? 'en' : places[name]
    if (value === undefined) throw new Error(`${file}: what is [${name}]? Name it in this test.`)
    return value
  })
  return `/${path}`
}

/** A page with the files beside it that it imports: one of them may ask for all pages of its room. */
function withNeighbours(file: string): string {
  const text = readFileSync(file, 'utf8')
  const beside = [...text.matchAll(/from '(\.[^']+\.tsx?)'/g)].map(([, path = '']) => join(dirname(file), path))
  return [text, ...beside.map((path) => readFileSync(path, 'utf8'))].join('\n')
}

/** Next tells a script by these words; its status is lost where the page was begun before its request. */
const isForbidden = async (answer: Response): Promise<boolean> =>
  (await answer.text()).includes('NEXT_HTTP_ERROR_FALLBACK;403')

const get = (shop: Shop, path: string, { cookie }: Visitor) =>
  fetch(shop.url + path, { headers: { cookie }, redirect: 'manual' })

const isSentToSignIn = async (answer: Response): Promise<boolean> =>
  (answer.headers.get('location') ?? (await answer.text())).includes('/account/sign-in')

/** Calls an action as a script of a page of ours would, with fields of no form. */
const call = (shop: Shop, id: string, page: string, { cookie }: Visitor, headers: Record<string, string> = {}) =>
  fetch(shop.url + page, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'next-action': id, 'sec-fetch-site': 'same-origin', origin: shop.url, ...headers },
    body: actionBody({ 'no such field': 'x' }),
  })

test('every action is made by a door, and the build offers no other', () => {
  const listed = actionFiles().flatMap(actionsIn)
  const ids = readActionIds()
  const offered = [...ids.keys()].sort()
  expect(listed.map(({ file, name }) => `${file}#${name}`).sort()).toEqual(offered)
  expect(listed.filter(({ door, permission }) => door === 'staffAction' && permission === null)).toEqual([])
})

test('every page of the office asks for a permission, and every action there is of the staff’s door', () => {
  const asking = /permitted\('([a-z.]+)'\)|currentStaff\(|redirect\(/
  expect(pagesIn('app/(office)').filter((file) => !asking.test(withNeighbours(file)))).toEqual([])
  const doors = actionFiles()
    .filter((file) => file.includes('(office)'))
    .flatMap(actionsIn)
  expect(doors.filter(({ door }) => door !== 'staffAction')).toEqual([])
})

test('somebody else’s pages and files show nothing of theirs, and the same as what is not there', async () => {
  const shop = await startShop({ AUTH_SECRET })
  const [owner, other] = [await newVisitor(), await newVisitor()]
  const { orderId, number } = await placeSample({ 'CPT-RT90-CEL': 1 })
  await db.update(orders).set({ accountId: owner.accountId, email: owner.email }).where(eq(orders.id, orderId))
  const theirs: Places = {
    number,
    id: orderId,
    kind: 'invoice',
    secret: await addAccountLink({ kind: 'reset', accountId: owner.accountId, email: owner.email }, new Date()),
  }
  const absent: Places = { ...theirs, number: '261121K7M4Q2XR9T', id: UNKNOWN_ID }
  for (const file of [...pagesIn('app/(secure)/[[]locale[]]/account'), ...pagesIn('app/api/account')]) {
    // Whoever has a mailed link has it from its owner's mail.
    if (file.includes('/link/[secret]/')) continue
    const path = addressOf(file, theirs)
    for (const visitor of [other, NOBODY]) {
      const answer = await get(shop, path, visitor)
      const body = await answer.text()
      for (const canary of [owner.email, owner.name, owner.accountId, '龙井路'])
        expect(body.includes(canary), `${path} shows ${canary}`).toBe(false)
      const missing = await get(shop, addressOf(file, absent), visitor)
      expect(missing.status, path).toBe(answer.status)
    }
    if (!/\/(sign-in|sign-up|mailed-link|second-factor)$/.test(routeOf(file))) {
      const signedOut = await get(shop, path, NOBODY)
      if (path.startsWith('/en/')) expect(await isSentToSignIn(signedOut), path).toBe(true)
      else expect(signedOut.status, path).toBeGreaterThanOrEqual(401)
    }
  }
}, 120_000)

test('each action of the office × each role, customer and stranger: who may passes the door and nobody else', async () => {
  const shop = await startShop({ AUTH_SECRET })
  const ids = readActionIds()
  const staff = await Promise.all(ROLES.map(async (role) => ({ role, visitor: await newVisitor(role) })))
  const customer = await newVisitor()
  const actions = actionFiles()
    .flatMap(actionsIn)
    .filter((action): action is ListedAction & { permission: Permission } => action.permission !== null)
  for (const { file, name, permission } of actions) {
    const id = ids.get(`${file}#${name}`) ?? ''
    const page = '/en/admin/orders'
    for (const { role, visitor } of staff) {
      const answer = await call(shop, id, page, visitor)
      const passed = !(await isForbidden(answer))
      expect(passed, `${name} by ${role}: ${answer.status}`).toBe(mayDo([role], permission))
    }
    expect(await isForbidden(await call(shop, id, page, customer)), `${name} by a customer`).toBe(true)
    const stranger = await call(shop, id, page, NOBODY)
    const sentTo = stranger.headers.get('x-action-redirect') ?? (await stranger.text())
    expect(sentTo, `${name} by a stranger`).toContain('/account/sign-in')
  }
}, 240_000)

test('each page of the office × roles: 403 where it refuses, as the proxy says and as the page itself says', async () => {
  const shop = await startShop({ AUTH_SECRET })
  const visitors = await Promise.all((['support', 'catalogue', null] as const).map((role) => newVisitor(role)))
  const places = new Proxy<Record<string, string>>({}, { get: (_, name) => (name === 'provider' ? 'alipay' : '1') })
  let refused = 0
  for (const file of pagesIn('app/(office)').filter((each) => each.endsWith('page.tsx')))
    for (const visitor of visitors) {
      const path = addressOf(file, places)
      const answer = await get(shop, path, visitor)
      const isRefused = await isForbidden(answer.clone())
      refused += Number(isRefused)
      expect(answer.status === 403, `${path} by ${visitor.email}: ${answer.status}`).toBe(isRefused)
    }
  expect(refused).toBeGreaterThan(30)
}, 120_000)

test('an action that is unknown, badly named or badly written is no fault of ours', async () => {
  const shop = await startShop({ AUTH_SECRET })
  const known = [...readActionIds().values()][0] ?? ''
  const bodies = ['x', '[', '["$K1"]', '["$F1"]', '{"a":1}', '["$B1"]', '[{"__proto__":{"a":1}}]', '["$@1"]', '["$L1"]']
  const tries: [id: string, body: string, headers: Record<string, string>][] = [
    ...['f'.repeat(42), 'x', 'toString', '__proto__'].map((id) => [id, '[]', {}] as [string, string, object]),
    ...bodies.map((body) => [known, body, {}] as [string, string, object]),
    ...['https://evil.example', 'null', 'nonsense'].map(
      (origin) => [known, '[]', { origin, 'sec-fetch-site': 'cross-site' }] as [string, string, object],
    ),
  ].map(([id, body, headers]) => [id, body, headers as Record<string, string>])
  for (const page of ['/en/account/sign-in', '/en/admin/orders', '/en', '/en/search'])
    for (const [id, body, headers] of tries) {
      const answer = await fetch(shop.url + page, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'next-action': id, 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin', ...headers },
        body,
      })
      await answer.text()
      expect(answer.status, `${page} ${id} ${body} ${JSON.stringify(headers)}`).toBeLessThan(500)
    }
}, 120_000)

test('every action × six ways to come from elsewhere: none gets in', async () => {
  const shop = await startShop({ AUTH_SECRET })
  const ids = readActionIds()
  const owner = await newVisitor('owner')
  const elsewhere: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site', origin: 'null' },
    { 'sec-fetch-site': 'cross-site', 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' },
  ]
  for (const { file, name } of actionFiles().flatMap(actionsIn))
    for (const headers of elsewhere) {
      const answer = await call(shop, ids.get(`${file}#${name}`) ?? '', '/en/account', owner, headers)
      const refused = answer.status >= 400 || (await answer.text()).includes('had grown old')
      expect(refused, `${name} with ${JSON.stringify(headers)}: ${answer.status}`).toBe(true)
    }
}, 240_000)

test('a session ends at the next request: signed out, of another role, no longer staff', async () => {
  const shop = await startShop({ AUTH_SECRET })
  const { endAllSessions } = await import('#db/accounts/end-sessions.ts')
  const visitor = await newVisitor()
  const page = '/en/account/security'
  expect(await (await get(shop, page, visitor)).text()).toContain(visitor.email)
  await endAllSessions(db, visitor.accountId, new Date())
  expect(await isSentToSignIn(await get(shop, page, visitor))).toBe(true)
  const forged = { ...visitor, cookie: visitor.cookie.slice(0, -4) }
  expect(await isSentToSignIn(await get(shop, page, forged))).toBe(true)
})
