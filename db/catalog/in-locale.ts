import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Locale } from '#lib/domain/locale.ts'

/** One language of a text column, picked by the database so that the other two are neither read nor cached. */
export const inLocale = (column: PgColumn, locale: Locale): SQL<string> => sql<string>`${column} ->> ${locale}::text`
