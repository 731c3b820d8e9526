import { randomBytes, randomUUID } from 'node:crypto'
import { globSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { addPasskey } from '#db/accounts/passkeys.ts'
import { saveAddress } from '#db/addresses/save-address.ts'
import { askRequest } from '#db/after-sales/ask-request.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { writeReview } from '#db/reviews/write-review.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { sendOrderTo } from '#db/testing/delivered-order.ts'
import { sampleOrder } from '#db/testing/sample-order.ts'
import { actionBody, actionFiles, actionsIn, readActionIds } from './support/actions.ts'
import { AUTH_SECRET, newVisitor, type Visitor } from './support/people.ts'
import { type Shop, startShop } from './support/start-shop.ts'

const SKU = 'CPT-TC65-CEL'
const STREET = '龙井路'
const WORDS = 'Words of a canary.'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  await adjustStock({ sku: SKU, delta: 50, reason: 'opening_stock', actor: 'test' })
})

/** Somebody with one of everything that a customer can have. */
async function ownerOfAll() {
  const owner = await newVisitor()
  const { accountId } = owner
  const { orderId } = await sendOrderTo(accountId, { [SKU]: 2 })
  const { address } = await sampleOrder({ [SKU]: 1 })
  const booked = await saveAddress({ accountId, id: null, address, asDefault: true })
  const said = { stars: 5, title: WORDS, words: WORDS, author: owner.name, locale: 'en' } as const
  const written = await writeReview({ accountId, orderId, position: 0, ...said })
  const requestId = randomUUID()
  const wish = { kind: 'return', lines: [{ position: 0, quantity: 1 }], reason: 'damaged', photos: [] } as const
  await askRequest({ requestId, orderId, words: WORDS, ...wish })
  const [order] = await sql<[{ number: string }]>`select number from orders where id = ${orderId}`
  const [session] = await sql<[{ id: string }]>`select id from sessions where account_id = ${accountId}`
  // Only staff have passkeys.
  const { accountId: colleague } = await newVisitor('support')
  const id = randomBytes(16)
  const kept = await addPasskey(
    colleague,
    { id, publicKey: randomBytes(64), counter: 0, name: 'A laptop' },
    '127.0.0.1',
  )
  if (!booked.ok || !written.ok || !kept.ok) throw new Error('the sample could not be made')
  const { reviewId } = written.value
  const theirs = { owner, orderId, number: order.number, addressId: booked.value.id, reviewId, requestId }
  return { ...theirs, device: session.id, colleague, passkey: id.toString('base64url') }
}
type Theirs = Awaited<ReturnType<typeof ownerOfAll>>

/** All that is theirs, as it stands. */
async function standing({ owner: { accountId, email }, orderId, colleague }: Theirs): Promise<unknown> {
  const rows = await Promise.all([
    sql`select * from accounts where id = ${accountId}`,
    sql`select * from sessions where account_id = ${accountId} order by id`,
    sql`select * from passkeys where account_id = ${colleague} order by id`,
    sql`select * from addresses where account_id = ${accountId} order by id`,
    sql`select * from reviews where account_id = ${accountId} order by id`,
    sql`select * from orders where id = ${orderId}`,
    sql`select * from order_events where order_id = ${orderId} order by id`,
    sql`select * from order_links where order_id = ${orderId} order by secret_hash`,
    sql`select * from payment_links where order_id = ${orderId} order by secret`,
    sql`select * from refund_requests where order_id = ${orderId} order by id`,
    sql`select * from mail_choices where email_hash = sha256(convert_to(${email}, 'UTF8')) order by topic`,
  ])
  return structuredClone(rows.map((found) => [...found]))
}

const guess = () => randomBytes(32).toString('base64url')
const PASSWORD = 'a long enough password'
const ROOM = 'app/(secure)/[locale]'
type Fields = Readonly<Record<string, string>>

/** What somebody else sends to each action to get at what is theirs. An action that is not here fails the test. */
const ATTACKS: Readonly<Record<string, (theirs: Theirs) => Fields>> = {
  'account/actions.ts#signOutAction': () => ({}),
  'account/addresses/actions.ts#saveAddressAction': ({ addressId }) => ({
    ...{ id: addressId, recipient: 'Mallory', phone: '13800138000', country: 'CN', region: '浙江省', city: '杭州市' },
    ...{ district: '西湖区', street: '1', street2: '', postcode: '310013' },
  }),
  'account/addresses/actions.ts#removeAddressAction': ({ addressId }) => ({ id: addressId }),
  'account/addresses/actions.ts#makeDefaultAddressAction': ({ addressId }) => ({ id: addressId }),
  'account/link/[secret]/actions.ts#confirmAction': () => ({ secret: guess(), name: 'x', password: PASSWORD }),
  'account/link/[secret]/actions.ts#signInByLinkAction': () => ({ secret: guess() }),
  'account/link/[secret]/actions.ts#resetAction': () => ({ secret: guess(), password: PASSWORD }),
  'account/link/[secret]/actions.ts#changeEmailAction': () => ({ secret: guess() }),
  'account/link/[secret]/actions.ts#renewLinkAction': () => ({ secret: guess() }),
  'account/mailed-link/actions.ts#mailLinkAction': ({ owner }) => ({ email: owner.email, wish: 'reset' }),
  'account/link/[secret]/actions.ts#acceptInvitationAction': () => ({
    ...{ secret: guess(), name: 'Mallory', password: PASSWORD },
  }),
  'account/messages/actions.ts#chooseMailsAction': () => ({}),
  'account/orders/actions.ts#claimByEmailAction': () => ({}),
  'account/second-factor/actions.ts#giveCodeAction': () => ({ code: '123456' }),
  'account/security/actions.ts#changeProfileAction': () => ({ name: 'Mallory', locale: 'zh' }),
  'account/security/actions.ts#changePasswordAction': () => ({ password: PASSWORD, newPassword: `${PASSWORD} 2` }),
  'account/security/actions.ts#changeEmailAction': ({ owner }) => ({ email: owner.email, password: PASSWORD }),
  'account/security/actions.ts#endDeviceAction': ({ device }) => ({ device }),
  'account/security/actions.ts#signOutEverywhereAction': () => ({}),
  'account/security/actions.ts#eraseAccountAction': () => ({ password: PASSWORD }),
  'account/security/passkey-actions.ts#addPasskeyAction': () => ({ name: 'Mine', password: PASSWORD, made: '{}' }),
  'account/security/passkey-actions.ts#removePasskeyAction': ({ passkey }) => ({ passkey }),
  'account/sign-in/actions.ts#signInAction': ({ owner }) => ({ email: owner.email, password: PASSWORD }),
  'account/sign-up/actions.ts#signUpAction': ({ owner }) => ({ email: owner.email }),
  'find-order/actions.ts#findOrderAction': ({ number }) => ({ number, email: 'mallory@example.com' }),
  'find-order/actions.ts#openTicketAction': () => ({ secret: guess() }),
  'messages/[token]/actions.ts#chooseMailsByLinkAction': () => ({ token: guess() }),
  'order/actions.ts#cancelOrderAction': ({ number }) => ({ number }),
  'order/actions.ts#sharePaymentAction': ({ number }) => ({ number }),
  'order/actions.ts#endPaymentLinkAction': ({ number }) => ({ number }),
  'order/actions.ts#confirmReceiptAction': ({ number }) => ({ number }),
  'order/actions.ts#buyAgainAction': ({ number }) => ({ number }),
  'order/actions.ts#payOrderAction': ({ number }) => ({ number }),
  'order/actions.ts#claimOrderAction': () => ({ secret: guess() }),
  'order/request-actions.ts#askRequestAction': ({ number }) => ({
    ...{ number, requestId: randomUUID(), kind: 'return', reason: 'damaged', words: '' },
    ...{ 'position[]': '0', 'quantity[]': '1' },
  }),
  'order/request-actions.ts#withdrawRequestAction': ({ number, requestId }) => ({ number, requestId }),
  'order/review-actions.ts#writeReviewAction': ({ number }) => ({
    ...{ number, position: '0', stars: '1', title: 'Mine', words: 'Mine', author: 'Mallory' },
  }),
  'order/review-actions.ts#withdrawReviewAction': ({ reviewId }) => ({ reviewId }),
}

const canariesOf = ({ owner, addressId }: Theirs, sent: Fields = {}) =>
  [owner.email, owner.name, owner.accountId, STREET, WORDS, addressId].filter(
    (canary) => !Object.values(sent).includes(canary),
  )

/** Calls an action as a script of a page of ours would. */
const call = (shop: Shop, id: string, { cookie }: Visitor, fields: Fields) =>
  fetch(`${shop.url}/en/account`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'next-action': id, 'sec-fetch-site': 'same-origin', origin: shop.url },
    body: actionBody(fields),
  })

test('no action of a customer reaches what is another’s', async () => {
  const listed = actionFiles()
    .filter((file) => file.startsWith(`${ROOM}/`))
    .flatMap(actionsIn)
    .map(({ file, name }) => `${file.slice(ROOM.length + 1)}#${name}`)
  expect(Object.keys(ATTACKS).sort()).toEqual(listed.sort())

  const shop = await startShop({ AUTH_SECRET })
  const ids = readActionIds()
  const theirs = await ownerOfAll()
  const before = await standing(theirs)
  for (const [action, attack] of Object.entries(ATTACKS)) {
    const fields = attack(theirs)
    const answer = await call(shop, ids.get(`${ROOM}/${action}`) ?? '', await newVisitor(), fields)
    expect(answer.status, action).toBeLessThan(500)
    const told = (await answer.text()) + JSON.stringify([...answer.headers])
    expect(told, `${action} was not read`).not.toContain('Something is not right yet')
    for (const canary of canariesOf(theirs, fields)) expect(told.includes(canary), `${action}: ${canary}`).toBe(false)
    expect(await standing(theirs), action).toEqual(before)
  }
}, 120_000)

/** What stands in addresses: of theirs what a page asks the session about, and guesses of what opens by itself. */
const placesOf = ({ number, addressId, orderId }: Theirs) => ({
  locale: 'en',
  ...{ number, id: addressId, kind: 'invoice', name: randomBytes(32).toString('base64url'), product: orderId },
  ...{ secret: guess(), ticket: guess(), token: guess() },
  ...{ slug: 'gaiwan', variant: 'ivory', category: 'tea', page: '2', provider: 'alipay', part: '1.xml' },
  ...{ size: '384', file: 'gaiwan-ivory.avif' },
})

test('no page and no file of the shop shows anything of another’s, to a customer or a stranger', async () => {
  const shop = await startShop({ AUTH_SECRET })
  const theirs = await ownerOfAll()
  const places: Readonly<Record<string, string>> = placesOf(theirs)
  const visitors = [await newVisitor(), { cookie: '' }]
  for (const file of globSync('app/{(secure),(shop),api,photos,sitemap,sitemap.xml}/**/{page.tsx,route.ts}')) {
    const route = file
      .replace(/^app\//, '')
      .replace(/\([^)]*\)\//g, '')
      .replace(/\/(page\.tsx|route\.ts)$/, '')
    const path = route.replace(/\[(\w+)\]/g, (_, name: string) => {
      const place = places[name]
      if (place === undefined) throw new Error(`${file}: what is [${name}]? Name it in this test.`)
      return place
    })
    for (const { cookie } of visitors) {
      const answer = await fetch(`${shop.url}/${path}`, { headers: { cookie }, redirect: 'manual' })
      expect(answer.status, path).not.toBe(500)
      const body = await answer.text()
      for (const canary of canariesOf(theirs, places)) expect(body.includes(canary), `${path}: ${canary}`).toBe(false)
    }
  }
}, 120_000)
