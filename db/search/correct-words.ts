import 'server-only'
import { sql } from 'drizzle-orm'
import { allowedSlips, editDistance } from '#lib/domain/edit-distance.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { productSearch, searchWords } from './schema.ts'

type Correction = { readonly word: string; readonly spelling: string }
type Candidate = Correction & { readonly typed: string; readonly alike: number }

/** How many corrections of a word are tried, since the nearest may have lost its last piece. */
const TRIES = 3

/**
 * For each word that neither is nor begins a word of any heading, the nearest one that does, if it is near enough to be
 * a slip. Words with digits are numbers of things and are left as they are.
 */
export async function correctWords(
  words: readonly string[],
  language: Locale,
): Promise<ReadonlyMap<string, Correction>> {
  const correctable = words.filter((word) => allowedSlips(word) > 0 && /^[a-z]+$/.test(word))
  if (correctable.length === 0) return new Map()
  const candidates = Map.groupBy(await findCandidates(correctable, language), (row) => row.typed)
  const nearest = new Map([...candidates].map(([typed, rows]) => [typed, byDistance(typed, rows).slice(0, TRIES)]))
  const living = await keepLiving([...nearest.values()].flat(), language)
  return new Map(
    [...nearest].flatMap(([typed, rows]) => {
      const best = rows.find((row) => living.has(row.word))
      return best ? [[typed, { word: best.word, spelling: best.spelling }] as const] : []
    }),
  )
}

/**
 * Trigrams find what is alike. They miss swapped letters in short words, so words of the same initial and nearly the same
 * length are candidates too; the edit distance decides.
 */
const findCandidates = (words: readonly string[], language: Locale) =>
  db.execute<Candidate>(sql`
    with unknown as materialized (
      select typed from unnest(${sql.param(words)}::text[]) as typed
      where not exists (
        select from ${searchWords} as known
        where known.locale = ${language}::text and known.word like typed || '%'
      )
    )
    select typed, near.word, near.spelling, similarity(near.word, typed) as alike
    from unknown join ${searchWords} as near on near.locale = ${language}::text and (
      near.word % typed
      or near.word like left(typed, 1) || '%' and length(near.word) between length(typed) - 1 and length(typed) + 1
    )`)

const byDistance = (typed: string, candidates: readonly Candidate[]): Candidate[] =>
  candidates
    .map((candidate) => ({ ...candidate, slips: editDistance(typed, candidate.word) }))
    .filter(({ slips }) => slips <= allowedSlips(typed))
    .sort((a, b) => a.slips - b.slips || b.alike - a.alike || (a.word < b.word ? -1 : 1))

async function keepLiving(candidates: readonly Candidate[], language: Locale): Promise<ReadonlySet<string>> {
  if (candidates.length === 0) return new Set()
  const rows = await db.execute<{ word: string }>(sql`
    select word from unnest(${sql.param(candidates.map((candidate) => candidate.word))}::text[]) as word
    where exists (
      select from ${productSearch}
      where ${productSearch.locale} = ${language}::text and ${productSearch.heading} @@ to_tsquery('simple', word)
    )`)
  return new Set(rows.map((row) => row.word))
}
