import { beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { placeSample } from '../testing/sample-order.ts'
import { scheduleQuery } from './schedule-query.ts'
import { settleAttempt } from './settle-attempt.ts'
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

test('an attempt that nobody would ask about again is closed when another one pays', async () => {
  const { orderId } = await placeSample({ 'CPT-RT90-TEN': 1 }, NOW)
  const begin = async (scene: 'page' | 'qr') => {
    const started = await startAttempt({ orderId, provider: 'alipay', scene, expiresAt: after(1800) }, NOW)
    if (!started.ok) throw new Error(started.error.code)
    return started.value
  }
  const [left, paid] = [await begin('qr'), await begin('page')]
  await scheduleQuery(left.attemptId, after(1740)) // the last one: the order's expiry would ask next
  await sql`delete from pgboss.job`

  const payment = { eventId: 'paid:1', providerTradeNo: '1', amount: paid.amount, currency: 'CNY', paidAt: after(1750) }
  await settleAttempt({ provider: 'alipay', outTradeNo: paid.outTradeNo, payment, source: 'notify' })
  const jobs = await sql<{ id: string }[]>`
    select data ->> 'attemptId' as id from pgboss.job where name = 'query-attempt'`
  expect(jobs.map(({ id }) => id)).toEqual([left.attemptId])
})
