import 'server-only'
import { asc } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { inLocale } from './in-locale.ts'
import { categories } from './schema.ts'

export type CategoryView = { readonly slug: string; readonly name: string }

/** The shelves in the order of the shop. */
export const listCategories = (locale: Locale): Promise<CategoryView[]> =>
  db
    .select({ slug: categories.slug, name: inLocale(categories.name, locale) })
    .from(categories)
    .orderBy(asc(categories.position), asc(categories.id))
