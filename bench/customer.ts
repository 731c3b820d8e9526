import { parseArgs } from 'node:util'
import { LOCALES } from '#lib/domain/locale.ts'
import { makeBenchDatabase } from './bench-database.ts'
import { median } from './load.ts'

/**
 * The first page of a customer's list of orders beside the hundredth, asked in turn in one run, and an invoice in each
 * language from the order to the last byte. Makes a database of its own on the server of `DATABASE_URL`, whose user must
 * be a superuser: `DATABASE_URL=postgres://… npm run bench:customer -- --orders 10000 --rounds 200`.
 */
const { values } = parseArgs({
  options: { orders: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '200' } },
})
const [count, rounds] = [Number(values.orders), Number(values.rounds)]
const HUNDREDTH = 100
const PAPERS = 30

const database = await makeBenchDatabase()
const { answerDocument } = await import('#app/api/orders/answer-document.ts')
const { ensureAccount } = await import('#db/accounts/find-account.ts')
const { seedCatalog } = await import('#db/catalog/seed/seed-catalog.ts')
const { db, sql } = await import('#db/client.ts')
const { findAccountOrder } = await import('#db/orders/find-order.ts')
const { listAccountOrders } = await import('#db/orders/list-account-orders.ts')
const { generateOrders } = await import('./generate-orders.ts')

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

try {
  await seedCatalog(db, new Date())
  await generateOrders({ count, days: 400 })
  const { id } = await ensureAccount('bench@example.com', 'en')
  await sql`update orders set account_id = ${id}`
  await sql`vacuum analyze`
  const list = (after: Parameters<typeof listAccountOrders>[1]['after']) =>
    listAccountOrders(id, { filter: 'all', search: '', after })
  let after: Awaited<ReturnType<typeof list>>['next'] = null
  for (let page = 1; page < HUNDREDTH; page++) after = (await list(after)).next
  if (after === null) throw new Error(`${count} orders have no page ${HUNDREDTH}`)

  const [first, hundredth]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    first.push(await timeOf(() => list(null)))
    hundredth.push(await timeOf(() => list(after)))
  }
  const [mine, theirs] = [median(first), median(hundredth)]
  console.table([
    { page: 1, 'median ms': mine.toFixed(2) },
    { page: HUNDREDTH, 'median ms': theirs.toFixed(2), ratio: (theirs / mine).toFixed(2) },
  ])

  const [paid] = await sql<[{ number: string }]>`
    select number from orders join payments on order_id = orders.id where captured_fen > 0 limit 1`
  const papers = []
  for (const locale of LOCALES) {
    await sql`update orders set locale = ${locale} where number = ${paid.number}`
    const draw = async () => (await answerDocument(await findAccountOrder(id, paid.number), 'invoice')).arrayBuffer()
    const cold = await timeOf(draw)
    const took = []
    for (let paper = 0; paper < PAPERS; paper++) took.push(await timeOf(draw))
    const slowest = Math.max(...took)
    papers.push({
      invoice: locale,
      'first ms': Math.round(cold),
      'median ms': Math.round(median(took)),
      'slowest ms': Math.round(slowest),
    })
  }
  console.table(papers)
} finally {
  await database.end()
}
