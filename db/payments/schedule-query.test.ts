import { beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { placeSample } from '../testing/sample-order.ts'
import { scheduleQuery } from './schedule-query.ts'
import { startAttempt } from './start-attempt.ts'

const NOW = new Date('2026-11-21T02:00:00Z')
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

const plannedJobs = async () => {
  const rows = await sql<{ at: string }[]>`
    select to_char(start_after at time zone 'UTC', 'HH24:MI:SS') as at from pgboss.job
    where name = 'query-attempt' order by start_after`
  return rows.map(({ at }) => at)
}

test('a query out of turn starts no second row of queries', async () => {
  const { orderId } = await placeSample({ 'CPT-RT90-CEL': 1 }, NOW)
  const started = await startAttempt({ orderId, provider: 'alipay', scene: 'page', expiresAt: after(1800) }, NOW)
  if (!started.ok) throw new Error(started.error.code)
  const { attemptId } = started.value
  expect(await plannedJobs()).toEqual(['02:00:05'])

  await scheduleQuery(attemptId, after(2))
  expect(await plannedJobs()).toEqual(['02:00:05'])

  await scheduleQuery(attemptId, after(5))
  await scheduleQuery(attemptId, after(5))
  expect(await plannedJobs()).toEqual(['02:00:05', '02:00:10'])
})
