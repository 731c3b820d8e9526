import { MONEY_PARTS } from './money-parts.ts'
import { RELIABILITY_PARTS } from './reliability-parts.ts'

/** Documents with parts that are drawn from the code: `npm run docs:draw` writes them, a test finds a stale one. */
export const DOCUMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/money.md': MONEY_PARTS,
  'docs/reliability.md': RELIABILITY_PARTS,
}
