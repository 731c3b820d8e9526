import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { categories } from './schema.ts'

/** Whether there is such a shelf. */
export const isCategory = async (slug: string): Promise<boolean> =>
  (await db.$count(categories, eq(categories.slug, slug))) > 0
