import { makeBenchDatabase } from './bench-database.ts'

/** A database with so many orders of so many days, which stays; forked by a bench, which is told its URL. */
const [count = '1000', days = '400'] = process.argv.slice(2)
const database = await makeBenchDatabase()
const { db } = await import('#db/client.ts')
const { seedCatalog } = await import('#db/catalog/seed/seed-catalog.ts')
const { rebuildFigures } = await import('#db/figures/refresh-figures.ts')
const { writeOrderTerms } = await import('#db/office/write-order-terms.ts')
const { generateOrders } = await import('./generate-orders.ts')
await seedCatalog(db, new Date())
await generateOrders({ count: Number(count), days: Number(days) })
await rebuildFigures()
// The first look sees how far it may go, the second goes.
for (let look = 0; look < 2; look++) await writeOrderTerms()
await database.end({ keep: true })
process.send?.(database.url)
