import 'server-only'
import { sql } from 'drizzle-orm'
import { products } from './schema.ts'

/** Written out and not as a parameter, since only then a prepared statement may use the indexes of published pieces. */
export const isPublished = sql`${products.published}`
