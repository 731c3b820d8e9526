import { changePrice } from '#db/catalog/change-price.ts'
import { sql } from '#db/client.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { toFen } from '#lib/domain/money.ts'

/** A process of its own that changes the catalogue, as the worker would: `price <sku> <fen>` or `stock <sku> <delta>`. */
const [what, sku = '', amount = ''] = process.argv.slice(2)
const why = { reason: 'server test', actor: 'server test' }
const outcome =
  what === 'price'
    ? await changePrice({ sku, priceFen: toFen(BigInt(amount)), ...why })
    : await adjustStock({ sku, delta: Number(amount), ...why })
await sql.end()
if (!outcome.ok) throw new Error(outcome.error.code)
