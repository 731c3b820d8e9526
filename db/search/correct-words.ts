import 'server-only'
import { sql } from 'drizzle-orm'
import { allowedSlips, editDistance } from '#lib/domain/edit-distance.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { productSearch, searchWords } from './schema.ts'

type Candidate = { readonly typed: string; readonly word: string; readonly spelling: string; readonly alike: number }
export type Corrections = ReadonlyMap<string, { readonly word: string; readonly spelling: string }>

/**
 * For each word that neither is nor begins a word of any heading, the nearest one that does, if it is near enough to be
 * a slip. Trigrams find the candidates, the edit distance decides; trigrams miss swapped letters in short words, so words
 * of the same initial and nearly the same length stand for election too.
 */
export async function correctWords(words: readonly string[], language: Locale): Promise<Corrections> {
  const long = words.filter((word) => allowedSlips(word) > 0)
  if (long.length === 0) return new Map()
  const rows = await db.execute<Candidate>(sql`
    select asked.word as typed, near.word, near.spelling, similarity(near.word, asked.word) as alike
    from unnest(${sql.param(long)}::text[]) as asked (word)
    join ${searchWords} as near on near.locale = ${language}::text and (
      near.word % asked.word
      or near.word like left(asked.word, 1) || '%'
        and length(near.word) between length(asked.word) - 1 and length(asked.word) + 1
    )
    where not exists (
        select from ${searchWords} as known
        where known.locale = ${language}::text and known.word like asked.word || '%'
      )
      and exists (
        select from ${productSearch} as piece
        where piece.locale = ${language}::text and piece.heading @@ to_tsquery('simple', near.word)
      )`)
  const candidates = Map.groupBy(rows, (row) => row.typed)
  return new Map([...candidates].flatMap(([typed, near]) => nearest(typed, near)))
}

function nearest(typed: string, candidates: readonly Candidate[]): [string, { word: string; spelling: string }][] {
  const [best] = candidates
    .map((candidate) => ({ ...candidate, slips: editDistance(typed, candidate.word) }))
    .filter(({ slips }) => slips <= allowedSlips(typed))
    .sort((a, b) => a.slips - b.slips || b.alike - a.alike || (a.word < b.word ? -1 : 1))
  return best ? [[typed, { word: best.word, spelling: best.spelling }]] : []
}
