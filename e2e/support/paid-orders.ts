import { sql } from '#db/client.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { placePaid } from '#db/testing/paid-order.ts'

// Places orders that are paid and prints their numbers; runs as a process of its own, since the database's verbs need
// the condition of the server.

const [count = '1', units = '2'] = process.argv.slice(2)
const sku = 'CPT-TC65-CEL'
await adjustStock({ sku, delta: Number(count) * Number(units), reason: 'delivery', actor: 'test' })
const numbers: string[] = []
for (let order = 0; order < Number(count); order++) {
  const { orderId } = await placePaid({ [sku]: Number(units) })
  const [row] = await sql<[{ number: string }]>`select number from orders where id = ${orderId}`
  numbers.push(row.number)
}
console.log(JSON.stringify(numbers))
await sql.end({ timeout: 5 })
