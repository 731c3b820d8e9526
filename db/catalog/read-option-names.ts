import 'server-only'
import { asc } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { inLocale } from './in-locale.ts'
import { optionValues } from './schema.ts'

/** Option ("glaze") → its values with their names, in the order of the shop. */
export type OptionNames = ReadonlyMap<string, readonly { readonly value: string; readonly name: string }[]>

/** All option values of the shop: a few dozen, whatever the size of the catalogue. */
export async function readOptionNames(locale: Locale): Promise<OptionNames> {
  const rows = await db
    .select({ option: optionValues.option, value: optionValues.value, name: inLocale(optionValues.name, locale) })
    .from(optionValues)
    .orderBy(asc(optionValues.option), asc(optionValues.position), asc(optionValues.value))
  const names = new Map<string, { value: string; name: string }[]>()
  for (const { option, value, name } of rows) {
    const values = names.get(option) ?? []
    names.set(option, values)
    values.push({ value, name })
  }
  return names
}
