import type { z } from 'zod'
import { type Book, readSetting, writeSetting } from './open-book.ts'

/** What can be turned at one gateway while it runs. */
export interface SettingsStore<S> {
  current(): S
  /** Kept in the book. */
  change(patch: Patch<S>): void
}

export type Patch<S> = { readonly [Name in keyof S]?: S[Name] | undefined }

/** @param usual what holds until the switchboard says otherwise; `schema` is strict and knows every name of it */
export function openSettings<S extends object>(
  book: Book,
  { name, schema, usual }: { name: string; schema: z.ZodType<S>; usual: Patch<S> },
): SettingsStore<S> {
  const kept = readSetting(book, name)
  let current = schema.parse({ ...usual, ...(kept ? JSON.parse(kept) : {}) })
  return {
    current: () => current,
    change(patch) {
      current = schema.parse({ ...current, ...patch })
      writeSetting(book, name, JSON.stringify(current))
    },
  }
}
