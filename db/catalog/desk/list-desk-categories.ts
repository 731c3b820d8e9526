import 'server-only'
import { asc, count, eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { categories, products } from '../schema.ts'

export type DeskCategory = Awaited<ReturnType<typeof listDeskCategories>>[number]

/** The shelves in the order of the shop, with how many pieces stand on each, drafts and archived ones too. */
export const listDeskCategories = (_: Permit<'catalogue.read'>) =>
  db
    .select({
      id: categories.id,
      slug: categories.slug,
      name: categories.name,
      version: categories.version,
      pieces: count(products.id),
    })
    .from(categories)
    .leftJoin(products, eq(products.categoryId, categories.id))
    .groupBy(categories.id)
    .orderBy(asc(categories.position), asc(categories.id))
