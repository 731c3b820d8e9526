/** The invariants of `docs/reliability.md`. */
export type Invariant = `I${number}`

/**
 * Something that holds in a sound shop at every moment. `sql` is a read that gives a row for each thing that breaks it,
 * with its name in the column `what`; `(select now from clock)` is the instant of the audit.
 */
export type AuditRule = {
  readonly invariant: Invariant
  /** What is wrong with the things that the statement finds. */
  readonly sentence: string
  readonly sql: string
}

/** What an audit found: one thing that breaks one rule. */
export type Finding = {
  readonly rule: string
  readonly invariant: Invariant
  readonly sentence: string
  /** Which order, payment, journal … and how it differs. */
  readonly what: string
}

/** `'a', 'b'`, for `in (…)`. The words are ours: none has a quote. */
export const wordList = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')

/** `('a', 'b'), ('c', 'd')`, for `values`; null is null. */
export const rowList = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows
    .map((row) => `(${row.map((cell) => (typeof cell === 'string' ? `'${cell}'` : String(cell))).join(', ')})`)
    .join(', ')
