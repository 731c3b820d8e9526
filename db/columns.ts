import { type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, bigint, customType, timestamp } from 'drizzle-orm/pg-core'
import type { Fen } from '#lib/domain/money.ts'

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** The words of a text, as full-text search keeps them. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** Money. */
export const fen = () => bigint({ mode: 'bigint' }).$type<Fen>()

/** An instant, to the millisecond that a JavaScript Date can hold. */
export const instant = () => timestamp({ withTimezone: true, precision: 3 })

/** The text of a check constraint: `column` holds one of the words that the domain knows. */
export const isOneOf = (column: AnyPgColumn, words: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(', '))})`

/** Words of ours for `in (…)`, as parameters. */
export const textList = (words: readonly string[]): SQL =>
  sql.join(
    words.map((word) => sql`${word}`),
    sql`, `,
  )
