import { z } from 'zod'
import type { OfficeQuery } from '../office-paths.ts'

const STATES = ['published', 'draft', 'archived'] as const

/** What an address asks for that makes no sense is left out: a list is shown rather than a complaint. */
const Query = z.object({
  q: z
    .string()
    .transform((text) => text.trim().slice(0, 100))
    .catch(''),
  category: z.string().max(80).nullable().catch(null),
  state: z.enum(STATES).nullable().catch(null),
  low: z
    .literal('on')
    .transform(() => true)
    .catch(false),
  before: z.coerce.number().int().positive().nullable().catch(null),
})

/** The filter of the list of pieces in the query of an address. */
export function readDeskFilter(query: unknown) {
  const { q, category, before, ...rest } = Query.parse(query)
  return { filter: { ...rest, words: q, category: category || null }, beforeId: before }
}

export const deskQuery = (filter: ReturnType<typeof readDeskFilter>['filter'], beforeId?: number): OfficeQuery => ({
  q: filter.words,
  category: filter.category ?? '',
  state: filter.state ?? '',
  low: filter.low ? 'on' : '',
  before: beforeId === undefined ? '' : String(beforeId),
})
