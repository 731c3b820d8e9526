import 'server-only'
import type { Step } from '#lib/domain/figure-period.ts'
import { sql } from '../client.ts'

/** The name of the step that a row of figures belongs to, as `stepsOf` has it. */
export function stepLabel(step: Step) {
  switch (step) {
    case 'hour':
      return sql`day::text || ' ' || lpad(hour::text, 2, '0')`
    case 'day':
      return sql`day::text`
    case 'month':
      return sql`to_char(day, 'YYYY-MM')`
  }
}

/** One row for each step, in order, `empty` where there is none. */
export function fillSteps<Row extends { readonly step: string }>(
  steps: readonly string[],
  rows: readonly Row[],
  empty: Omit<Row, 'step'>,
): readonly Row[] {
  const known = new Map(rows.map((row) => [row.step, row]))
  return steps.map((step) => known.get(step) ?? ({ ...empty, step } as Row))
}
