import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { listParcelsOf } from '#db/fulfilment/list-parcels-of.ts'
import { orders } from '#db/orders/schema.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { checkBooks } from '#db/testing/check-books.ts'
import { placePaid } from '#db/testing/paid-order.ts'
import { permitFor } from '#db/testing/permit-for.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { importParcels } from './import-parcels.ts'
import { readParcelFile } from './read-parcel-file.ts'

const CUP = 'CPT-TC65-CEL'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  await adjustStock({ sku: CUP, delta: 100, reason: 'opening_stock', actor: 'test' })
})

const numberOf = async (orderId: string) =>
  (await db.select({ number: orders.number }).from(orders).where(eq(orders.id, orderId)))[0]?.number ?? ''
const bytes = (...lines: string[]) => Buffer.from(`order,carrier,tracking,sku,quantity\n${lines.join('\n')}\n`)
function read(file: Uint8Array) {
  const answer = readParcelFile(file)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value.lines
}
const run = (file: Uint8Array) =>
  importParcels(read(file), { permit: permitFor('orders.ship'), ip: null, tell: ({ code }) => code })

test('the good lines are sent, each bad one comes back with line, column and reason; again nothing is sent twice', async () => {
  const [whole, part] = [await placePaid({ [CUP]: 2 }), await placePaid({ [CUP]: 3 })]
  const unpaid = await placeSample({ [CUP]: 1 })
  const [a, b, c] = [await numberOf(whole.orderId), await numberOf(part.orderId), await numberOf(unpaid.orderId)]
  const file = bytes(
    `${a.toLowerCase()},顺丰速运,SF1000000000001`,
    `${b},sf,SF1000000000002,${CUP},2`,
    `${b},sf,SF1000000000003,${CUP},9`,
    `${b},sf,SF1000000000004,NO-SUCH,1`,
    `${c},sf,SF1000000000005`,
    'not-a-number,sf,SF1000000000006',
    `${b},pigeon,SF1000000000007`,
    `${b},,12345678901234`,
    `${b},sf,=HYPERLINK("http://x")`,
    `${b},sf,SF1000000000001`,
  )
  const imported = await run(file)
  expect(imported).toMatchObject({ sent: 2, repeated: 0 })
  expect(imported.bad.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [4, 'quantity', 'over_quantity'],
    [5, 'sku', 'sku'],
    [6, 'order', 'not_confirmed'],
    [7, 'order', 'order'],
    [8, 'carrier', 'carrier'],
    [9, 'carrier', 'carrier'],
    [10, 'tracking', 'tracking'],
    [11, 'tracking', 'two_orders'],
  ])
  expect(await run(file)).toMatchObject({ sent: 0, repeated: 2 })
  expect((await listParcelsOf(part.orderId)).map(({ lines }) => lines)).toEqual([[{ position: 0, quantity: 2 }]])
  expect(await checkBooks()).toEqual([])
})

test.each([
  ['', 'not_csv'],
  ['%PDF-1.7', 'not_csv'],
  ['order,carrier\n1,sf\n', 'column_missing'],
  [`order,tracking\n${'x,y\n'.repeat(2_001)}`, 'too_many'],
])('%j is refused as a whole', (text, code) => {
  expect(readParcelFile(Buffer.from(text))).toMatchObject({ error: { code } })
})

test('a file of a Chinese Windows is read', () => {
  const file = Buffer.concat([
    Buffer.from('order,carrier,tracking\nA,'),
    Buffer.from('cbb3b7e1cbd9d4cb', 'hex'),
    Buffer.from(',SF1\n'),
  ])
  const answer = readParcelFile(file)
  expect(answer.ok && answer.value.lines[0]?.values.carrier).toBe('顺丰速运')
})
