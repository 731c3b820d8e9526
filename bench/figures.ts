import { parseArgs } from 'node:util'
import type { Permit } from '#lib/domain/permissions.ts'
import { makeBenchDatabase } from './bench-database.ts'

/**
 * Makes the figures of many orders anew, asks the audit's rule for them, refreshes them as the worker does each minute,
 * and reads what the dashboard and a year of figures read. Makes a database of its own on the server of `DATABASE_URL`:
 * `DATABASE_URL=postgres://… npm run bench:figures -- --orders 1000000 --days 400`. `--keep` leaves it there.
 */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '400' },
    keep: { type: 'boolean', default: false },
  },
})
const database = await makeBenchDatabase()

const { db, sql } = await import('#db/client.ts')
const { seedCatalog } = await import('#db/catalog/seed/seed-catalog.ts')
const { askRules } = await import('#db/audit/ask-rules.ts')
const { FIGURE_RULES } = await import('#db/audit/figure-rules.ts')
const { countLowStock } = await import('#db/figures/count-low-stock.ts')
const { countOpenWork } = await import('#db/figures/count-open-work.ts')
const { readConversion } = await import('#db/figures/read-conversion.ts')
const { readProductFigures } = await import('#db/figures/read-product-figures.ts')
const { readRefundFigures } = await import('#db/figures/read-refund-figures.ts')
const { readSales } = await import('#db/figures/read-sales.ts')
const { readStockFigures } = await import('#db/figures/read-stock-figures.ts')
const { rebuildFigures, refreshFigures } = await import('#db/figures/refresh-figures.ts')
const { addToDay } = await import('#lib/domain/calendar-day.ts')
const { toShanghaiDay } = await import('#lib/domain/shanghai-time.ts')
const { generateOrders } = await import('./generate-orders.ts')

const permit = { staffId: 'bench', name: 'bench', roles: ['owner'] } as unknown as Permit<'figures.read'>
const today = toShanghaiDay(new Date())
const day = { first: today, last: today }
const weeks = { first: addToDay(today, -27), last: today }
const year = { first: addToDay(today, -364), last: today }

const table: { what: string; ms: number }[] = []
async function measure(what: string, rounds: number, work: () => Promise<unknown>) {
  const took: number[] = []
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now()
    await work()
    took.push(performance.now() - startedAt)
  }
  table.push({ what, ms: Math.round(took.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0) })
}

try {
  await seedCatalog(db, new Date())
  await measure('fill', 1, () => generateOrders({ count: Number(values.orders), days: Number(values.days) }))
  await measure('make all days anew', 1, () => rebuildFigures())
  await measure('refresh of a quiet minute', 5, () => refreshFigures())
  await measure('audit of all days', 1, async () => {
    const found = await sql.begin('isolation level repeatable read read only', async (tx) => {
      await tx`set local statement_timeout = 0`
      await tx`set local work_mem = '64MB'`
      await tx`set local jit = off`
      return askRules(tx, FIGURE_RULES, new Date())
    })
    if (found.length > 0) throw new Error(`the figures are wrong: ${found[0]?.what}`)
  })
  await measure('dashboard', 21, () =>
    Promise.all([
      countOpenWork(),
      countLowStock(),
      readSales(permit, day, 'hour'),
      readSales(permit, weeks, 'day'),
      readRefundFigures(permit, day, 'day'),
      readConversion(permit, day, 'day'),
    ]),
  )
  await measure('a year of figures, beside the year before', 11, () =>
    Promise.all([
      readSales(permit, year, 'month'),
      readSales(permit, { first: addToDay(year.first, -365), last: addToDay(year.last, -365) }, 'month'),
      readProductFigures(permit, year, 20),
      readConversion(permit, year, 'month'),
      readRefundFigures(permit, year, 'month'),
      readStockFigures(permit, year),
    ]),
  )
  console.table(table)
} finally {
  await database.end(values)
}
