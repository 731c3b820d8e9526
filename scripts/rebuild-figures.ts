import { takeSettingsOfShop } from './start/beside-shop.ts'

/** Makes the figures of every day anew from the books, beside a running shop: `npm run figures:rebuild`. */
takeSettingsOfShop()

const { sql } = await import('#db/client.ts')
const { rebuildFigures } = await import('#db/figures/refresh-figures.ts')

const startedAt = performance.now()
const days = await rebuildFigures(({ first, last }) => console.error(`${first} to ${last}`))
await sql.end({ timeout: 5 })
console.log(`${days} days in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
