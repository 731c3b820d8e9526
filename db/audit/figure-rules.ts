import { listRollups } from '../figures/rollups.ts'
import type { AuditRule } from './audit-rule.ts'

const FIRST = '(select min(day) from figure_days)'
const LAST = '(select max(day) from figure_days)'
/** Days that nothing is noted about and that are over: of the others the figures may be a minute old. */
const settled = (from: string) =>
  `day >= ${from} and day in (select day from figure_days where closed except select day from figure_notes)`

/** Rows that only one of the two has, by their day. */
function differing([table, { columns, source, since }]: ReturnType<typeof listRollups>[number]): string {
  const from = since ? `greatest(${FIRST}, ${since})` : FIRST
  const rows = (of: string) => `(select ${columns.join(', ')} from ${of} where ${settled(from)})`
  const [kept, made] = [rows(table), rows(`(${source(from, LAST)}) as made`)]
  return `select '${table} of ' || day || ': ' || count(*) || ' rows' as what
    from ((${kept} except all ${made}) union all (${made} except all ${kept})) as differing group by day`
}

export const FIGURE_RULES = {
  figures_are_the_books: {
    invariant: 'I19',
    sentence: 'The figures of a day are not what the books make them.',
    sql: listRollups().map(differing).join(' union all '),
  },
} as const satisfies Record<string, AuditRule>

/** What the worker should have done by now. */
export const FIGURE_DELAY_RULES = {
  figures_are_fresh: {
    invariant: 'I19',
    sentence: 'Something of a day that is over has changed since more than ten minutes, and its figures have not.',
    sql: `select 'day ' || day || ', noted ' || min(noted_at) as what from figure_notes
      where noted_at < (select now from clock) - interval '10 min' group by day`,
  },
} as const satisfies Record<string, AuditRule>
