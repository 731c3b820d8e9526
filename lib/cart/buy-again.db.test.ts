import { beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { setStock } from '#db/testing/sample-order.ts'
import { buyAgain } from './buy-again.ts'
import { ensureCartToken } from './cart-cookies.ts'
import { sayBoughtAgain } from './say-bought-again.ts'

const piece = (sku: string, name: string, quantity: number) => ({
  sku,
  quantity,
  name: { en: name, fr: name, zh: name },
})
const WANTED = [
  piece('CPT-RT90-CEL', 'Round teapot', 2),
  piece('CPT-TC65-CEL', 'Tea cup', 6),
  piece('CPT-RT90-OAT', 'Oat teapot', 1),
  piece('NO-LONGER-MADE', 'Moon jar', 1),
]

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

test('what can still be had is in the cart, and all the rest is said', async () => {
  await setStock('CPT-RT90-CEL', 9)
  await setStock('CPT-TC65-CEL', 4)
  await setStock('CPT-RT90-OAT', 0)
  const token = ensureCartToken({ get: () => undefined }, false)
  const { bought, units } = await buyAgain(token, WANTED, 'en')
  expect(units).toBe(6)
  expect(sayBoughtAgain(bought, 'en')).toBe(
    'In your cart: Round teapot. In your cart, but fewer than before: Tea cup. Sold out: Oat teapot. No longer made: Moon jar.',
  )
  expect(sayBoughtAgain(bought, 'zh')).not.toMatch(/[。：] /)
})
