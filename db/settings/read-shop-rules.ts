import 'server-only'
import { ShopRules } from '#lib/shop-rules.ts'
import { type DbOrTransaction, db } from '../client.ts'
import { settings } from './schema.ts'

/** What the owner has decided, with what came with the shop in place of the rest. Throws on a row that is not sound. */
export async function readShopRules(within: DbOrTransaction = db): Promise<ShopRules> {
  const rows = await within.select({ name: settings.name, value: settings.value }).from(settings)
  return ShopRules.parse(Object.fromEntries(rows.map(({ name, value }) => [name, value.is])))
}
