import { expect, test } from 'vitest'
import { knownBy } from '#lib/domain/query-schedule.ts'
import { sql } from '../client.ts'
import { KNOWN_BY } from './known-by.ts'

const START = new Date('2026-11-21T12:00:00Z')
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000)

test('the audit and the domain tell the same instant, for attempts with much and with little time', async () => {
  const cases = [45, 100, 700, 1800].flatMap((window) =>
    [0, 5, 6, 59, 60, 119, 300, 599, 600, 601, 640, 1740, 1741, 1800, 1801, 9000].map((paid) => ({ window, paid })),
  )
  const rows = await sql<{ known: string }[]>`
    select ${sql.unsafe(KNOWN_BY)} as known
    from json_to_recordset(${JSON.stringify(
      cases.map(({ window, paid }) => ({ started_at: START, expires_at: after(window), occurred_at: after(paid) })),
    )}::text::json) as row (started_at timestamptz, expires_at timestamptz, occurred_at timestamptz)`
  expect(rows.map(({ known }) => new Date(known))).toEqual(
    cases.map(({ window, paid }) => knownBy(START, after(window), after(paid))),
  )
})
