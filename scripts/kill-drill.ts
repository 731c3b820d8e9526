import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { migrateDatabase } from '#db/migrate.ts'
import { type Part, shopParts } from './kill-drill/parts.ts'
import type { Piece } from './kill-drill/shopper.ts'
import { findFreePort } from './start/ports.ts'
import { readSettings } from './start/settings.ts'

/**
 * Kills parts of a living shop without a word while shoppers buy, and then asks whether every gateway's book and ours
 * say the same: `npm run kill-drill -- --purchases 500`, or `--minutes 30`. Works on the last build, with a database,
 * sandbox and ports of its own. Exit 1 when anything that was paid is not an order or on its way back.
 */
const { values } = parseArgs({
  options: {
    purchases: { type: 'string', default: '500' },
    minutes: { type: 'string' },
    shoppers: { type: 'string', default: '8' },
    methods: { type: 'string', default: 'alipay_page,alipay_qr,wechatpay_qr,unionpay_form' },
    spare: { type: 'string', default: '' },
  },
})
const methods = values.methods.split(',')
const endAt = values.minutes ? performance.now() + Number(values.minutes) * 60_000 : null
const wanted = endAt ? Number.POSITIVE_INFINITY : Number(values.purchases)
const SETTLED_WITHIN_MS = 240_000

const folder = mkdtempSync(join(tmpdir(), 'comptoir-kill-'))
const ports: number[] = []
for (let n = 0; n < 5; n++) ports.push(await findFreePort())
const [web, database, sandboxPort, mail, smtp] = ports.map(String)
const settings = readSettings(
  {
    PORT: web,
    DATABASE_PORT: database,
    SANDBOX_PORT: sandboxPort,
    MAIL_PORT: mail,
    SMTP_PORT: smtp,
    DATA_DIR: folder,
    NODE_ENV: 'production',
  },
  [],
)
const places = { shop: settings.publicUrl, sandbox: `http://localhost:${sandboxPort}` }
const parts = shopParts(settings)

await parts.database.start()
process.env['DATABASE_URL'] = parts.database.url()
await migrateDatabase(parts.database.url())
const { db, sql } = await import('#db/client.ts')
const { seedCatalog } = await import('#db/catalog/seed/seed-catalog.ts')
const { feeOf } = await import('#db/testing/sample-order.ts')
const { toFen } = await import('#lib/domain/money.ts')
const { compareBooks } = await import('./kill-drill/compare-books.ts')
const { buy } = await import('./kill-drill/shopper.ts')
await seedCatalog(db, new Date())
await sql`
  with moved as (
    insert into stock_movements (variant_id, quantity, reason, actor)
    select variant_id, 100000, 'correction', 'drill' from stock returning variant_id)
  update stock set on_hand = on_hand + 100000 from moved where moved.variant_id = stock.variant_id`
const pieces: Piece[] = []
for (const { id, sku, price } of await sql<{ id: number; sku: string; price: string }[]>`
  select id, sku, price_fen::text as price from variants order by id limit 20`) {
  const fee = await feeOf([{ variantId: id, quantity: 1, priceSeen: toFen(BigInt(price)) }])
  pieces.push({ id, sku, priceFen: price, feeFen: String(fee) })
}
for (const part of [parts.sandbox, parts.mail, parts.web, parts.worker]) await part.start()

const kills = new Map<string, number>()
let shopping = true
const targets = [parts.web, parts.worker, parts.database, parts.sandbox].filter(
  ({ name }) => !values.spare.split(',').includes(name),
)

/** One kill at a time, up to three seconds after everything is back from the last one. */
async function killAtRandom(): Promise<void> {
  while (shopping) {
    await wait(200 + Math.random() * 2_800)
    const target = targets[Math.floor(Math.random() * targets.length)] as Part
    if (!shopping) return
    await target.kill()
    kills.set(target.name, (kills.get(target.name) ?? 0) + 1)
    await target.start().catch(async () => {
      // What it needs may have been the last to be killed: once more, and then it is a finding.
      await target.kill()
      await target.start()
    })
  }
}

let begun = 0
const bought: string[] = []
const failures: string[] = []
async function shopper(): Promise<void> {
  while (begun < wanted && (endAt === null || performance.now() < endAt)) {
    const n = begun++
    const piece = pieces[n % pieces.length] as Piece
    try {
      bought.push((await buy(places, piece, methods[n % methods.length] ?? '')).outTradeNo)
      if (bought.length % 50 === 0)
        console.log(`  ${bought.length} bought, ${[...kills.values()].reduce((a, b) => a + b, 0)} kills`)
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error))
    }
  }
}

try {
  const startedAt = performance.now()
  const killing = killAtRandom().catch((error: unknown) => failures.push(`a part did not come back: ${error}`))
  await Promise.all(Array.from({ length: Number(values.shoppers) }, shopper))
  shopping = false
  await killing
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`${bought.length} purchases in ${seconds} s; the killing is over, what is open has time to settle …`)

  const deadline = performance.now() + SETTLED_WITHIN_MS
  let differences = await compareBooks(places.sandbox, bought)
  while (differences.length > 0 && performance.now() < deadline) {
    await wait(1_000)
    differences = await compareBooks(places.sandbox, bought)
  }
  console.table(Object.fromEntries(kills))
  for (const failure of failures) console.log(`failed: ${failure}`)
  for (const difference of differences.slice(0, 20)) console.log(`differs: ${difference}`)
  console.log(
    `${bought.length} bought, ${failures.length} failed, ${differences.length} differences, settled ${Math.round((performance.now() - startedAt) / 1000 - seconds)} s after the last kill`,
  )
  process.exitCode = failures.length + differences.length === 0 ? 0 : 1
} finally {
  shopping = false
  await sql.end({ timeout: 5 })
  for (const part of [parts.worker, parts.web, parts.mail, parts.sandbox, parts.database]) await part.stop()
  rmSync(folder, { recursive: true, force: true })
}
