import { randomBytes } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { changeCart } from './change-cart.ts'
import { readCart } from './read-cart.ts'

const BOWL = 'CPT-RB10-IVO'
const CUP = 'CPT-TC65-CEL'
const TEAPOT = 'CPT-RT90-CEL'

const newToken = () => randomBytes(32).toString('base64url')
const change = (token: string, operation: 'add' | 'set' | 'remove', sku: string, quantity = 1) =>
  changeCart({ token, operation, sku, quantity, locale: 'en' })
const quantities = async (token: string) =>
  Object.fromEntries((await readCart(token, 'en')).map(({ sku, quantity }) => [sku, quantity]))
const atOnce = (times: number, act: (n: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: times }, (_, n) => act(n)))
const haveInStock = (sku: string, units: number) => sql`
  update stock set on_hand = ${units} from variants v where v.id = variant_id and v.sku = ${sku}`

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

test('adding and removing one piece at once waits and never deadlocks', async () => {
  const token = newToken()
  for (let round = 0; round < 40; round++) await atOnce(10, (n) => change(token, n % 2 ? 'remove' : 'add', BOWL))
  await change(token, 'remove', BOWL)
  expect(await quantities(token)).toEqual({})
})

test('two tabs that work through several pieces in opposite order both finish', async () => {
  const token = newToken()
  const pieces = [BOWL, CUP, TEAPOT]
  const work = async (order: readonly string[]) => {
    for (const sku of order) await change(token, 'add', sku)
    for (const sku of order) await change(token, 'set', sku, 2)
  }
  await atOnce(8, (n) => work(n % 2 ? pieces : pieces.toReversed()))
  expect(await quantities(token)).toEqual({ [BOWL]: 2, [CUP]: 2, [TEAPOT]: 2 })
})

test('however much there is and however many add at once, a line ends at 99', async () => {
  await haveInStock(CUP, 500)
  const token = newToken()
  await atOnce(40, () => change(token, 'add', CUP, 7))
  expect(await quantities(token)).toEqual({ [CUP]: 99 })
})

test('a line falls to what is left when the stock fell, and is told', async () => {
  const token = newToken()
  await haveInStock(TEAPOT, 9)
  await change(token, 'add', TEAPOT, 8)
  await haveInStock(TEAPOT, 3)
  expect(await readCart(token, 'en')).toMatchObject([{ quantity: 8, available: 3 }])
  expect((await change(token, 'add', TEAPOT)).outcome).toEqual({ kind: 'limited', quantity: 3 })
  expect(await quantities(token)).toEqual({ [TEAPOT]: 3 })
})

test('twenty shoppers fill carts with the last three units: each may hold them, none more than there are', async () => {
  await haveInStock(TEAPOT, 3)
  const tokens = Array.from({ length: 20 }, newToken)
  await Promise.all(tokens.flatMap((token) => [1, 2, 3, 4].map(() => change(token, 'add', TEAPOT))))
  for (const token of tokens) expect(await quantities(token)).toEqual({ [TEAPOT]: 3 })
})

test('the first piece of a new cart may come twice at once', async () => {
  for (let round = 0; round < 20; round++) {
    const token = newToken()
    await atOnce(4, () => change(token, 'add', BOWL))
    expect(await quantities(token)).toEqual({ [BOWL]: 4 })
  }
})
