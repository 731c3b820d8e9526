import 'server-only'
import { asc } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { inLocale } from '../catalog/in-locale.ts'
import { categories } from '../catalog/schema.ts'
import { db } from '../client.ts'

/** What a coupon can cover, in the order of the shop. */
export const listCouponCategories = (locale: Locale) =>
  db
    .select({ id: categories.id, name: inLocale(categories.name, locale) })
    .from(categories)
    .orderBy(asc(categories.position), asc(categories.id))
