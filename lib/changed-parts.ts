import { isDeepStrictEqual } from 'node:util'

/**
 * What differs between two forms of a thing, for the log: only the keys whose values are not the same.
 * @returns null when nothing does.
 */
export function changedParts<T extends object>(
  before: T,
  after: T,
): { readonly before: Partial<T>; readonly after: Partial<T> } | null {
  const keys = (Object.keys(after) as (keyof T)[]).filter((key) => !isDeepStrictEqual(before[key], after[key]))
  if (keys.length === 0) return null
  const only = (from: T) => Object.fromEntries(keys.map((key) => [key, from[key]])) as Partial<T>
  return { before: only(before), after: only(after) }
}
