import { expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { placeOrder } from '#db/orders/place-order.ts'
import { sampleOrder } from '#db/testing/sample-order.ts'
import { samplePermit } from '#db/testing/sample-permit.ts'
import { parseCsv } from '../domain/csv.ts'
import { EVERY_ORDER } from '../domain/order-list.ts'
import { exportOrders } from './export-orders.ts'

test('each order is a line, and a name that looks like a formula is none', async () => {
  await seedCatalog(db, new Date())
  for (const recipient of ['林薇', '=HYPERLINK("http://evil.example")']) {
    const order = await sampleOrder({ 'CPT-GA11-IVO': 1 })
    const placed = await placeOrder({ ...order, address: { ...order.address, recipient } })
    expect(placed.ok).toBe(true)
  }
  const pieces: string[] = []
  for await (const piece of exportOrders(samplePermit('orders.read'), EVERY_ORDER, 'zh')) pieces.push(piece)
  const file = pieces.join('')
  expect(file.startsWith('\ufeff')).toBe(true)
  expect(file).toContain("'=HYPERLINK")
  expect(file).toContain('林薇')
  expect(file.trimEnd().split('\r\n')).toHaveLength(3)
  expect(parseCsv(file).ok).toBe(true)
})
