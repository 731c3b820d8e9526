import { randomBytes } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { ensureAccount } from '../accounts/find-account.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db } from '../client.ts'
import { changeCart } from './change-cart.ts'
import { keepAccountCart } from './keep-account-cart.ts'
import { readCart } from './read-cart.ts'

const [POT, BOWL] = ['CPT-RT90-CEL', 'CPT-RB10-IVO']
let made = 0
const newToken = () => randomBytes(32).toString('base64url')
const newAccount = async () => (await ensureAccount(`cart-${++made}@example.com`, 'en')).id
const add = (token: string, sku: string, quantity: number) =>
  changeCart({ token, operation: 'add', sku, quantity, locale: 'en' })
const inCart = async (token: string) =>
  Object.fromEntries((await readCart(token, 'en')).map(({ sku, quantity }) => [sku, quantity]))

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

test('what was left on the phone is there at the desk, and signing in again adds nothing', async () => {
  const [account, phone, desk] = [await newAccount(), newToken(), newToken()]
  await add(phone, POT, 2)
  expect(await keepAccountCart(account, phone)).toBe(2)
  await add(phone, BOWL, 1)
  await add(desk, POT, 1)
  expect(await keepAccountCart(account, desk)).toBe(3)
  expect(await inCart(desk)).toEqual({ [POT]: 2, [BOWL]: 1 })
  for (let again = 0; again < 3; again++) expect(await keepAccountCart(account, desk)).toBe(3)
  expect(await keepAccountCart(account, phone)).toBe(3)
  expect(await inCart(phone)).toEqual({ [POT]: 2, [BOWL]: 1 })
})

test('a browser without a cart takes the one of the account; nobody else’s is touched', async () => {
  const [mine, theirs] = [await newAccount(), await newAccount()]
  const [left, other, fresh] = [newToken(), newToken(), newToken()]
  await add(left, POT, 1)
  await add(other, BOWL, 5)
  await keepAccountCart(mine, left)
  await keepAccountCart(theirs, other)
  expect(await keepAccountCart(mine, fresh)).toBe(1)
  expect(await inCart(other)).toEqual({ [BOWL]: 5 })
})

test('two sign-ins at once end with one cart', async () => {
  const [account, phone, desk] = [await newAccount(), newToken(), newToken()]
  await add(phone, POT, 1)
  await add(desk, BOWL, 1)
  await Promise.all([keepAccountCart(account, phone), keepAccountCart(account, desk)])
  const next = newToken()
  await keepAccountCart(account, next)
  expect(Object.keys(await inCart(next)).length).toBeGreaterThan(0)
})
