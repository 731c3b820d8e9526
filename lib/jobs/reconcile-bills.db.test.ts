import { beforeEach, expect, test } from 'vitest'
import { sql } from '#db/client.ts'
import { readBillDay } from '#db/reconciliation/read-bill-day.ts'
import { fillOpenAttempts } from '#db/testing/fill-open-attempts.ts'
import { createFakeGateway } from '../checkout/testing/fake-gateway.ts'
import type { PaymentProvider } from '../payments/port.ts'
import { reconcileDay } from '../reconciliation/reconcile-day.ts'
import { startDueDays } from './reconcile-bills.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** 10:30 in Shanghai. */
const at = (day: string) => new Date(`${day}T02:30:00Z`)
const later = (instant: Date, ms: number) => new Date(instant.getTime() + ms)

let answer: Awaited<ReturnType<PaymentProvider['downloadBill']>>
const provider: PaymentProvider = {
  ...createFakeGateway().provider,
  billDay: { startsAt: -1, readyAt: 10 },
  downloadBill: async () => answer,
}
const providers = new Map([['alipay', provider]] as const)

/** The days that were handed out since the last look. */
async function handedOut(): Promise<string[]> {
  const jobs = await sql<{ day: string }[]>`
    delete from pgboss.job where name = 'reconcile-day' returning data ->> 'day' as day`
  return jobs.map(({ day }) => day).toSorted()
}
const reconcile = (day: string, now: Date) => reconcileDay({ provider, day, from: 'provider' }, now)

beforeEach(async () => {
  await sql`truncate orders, bill_days, bill_files, bill_lines cascade`
  await sql`delete from pgboss.job`
  answer = { ok: true, value: 'no_trades' }
})
const trade = (startedAt: string) =>
  fillOpenAttempts('alipay', [{ outTradeNo: 'FIRST0001', amount: 100n, startedAt: new Date(startedAt) }])

test('a shop without trades has no days', async () => {
  expect(await startDueDays(providers, at('2026-11-21'))).toBe(0)
})

test('after a week of downtime no day is left out, and each is handed out once', async () => {
  // 23:10 in Shanghai is the next day of a provider that closes at 23:00.
  await trade('2026-11-12T15:10:00Z')
  const now = at('2026-11-21')
  const week = ['13', '14', '15', '16', '17', '18', '19', '20'].map((day) => `2026-11-${day}`)
  const counts = await Promise.all([1, 2, 3].map(() => startDueDays(providers, now)))
  expect(counts.toSorted()).toEqual([0, 0, 8])
  expect(await handedOut()).toEqual(week)

  for (const day of week.slice(1)) await reconcile(day, now)
  expect(await startDueDays(providers, later(now, HOUR_MS))).toBe(0)
  // The worker that had the first day died with it.
  expect(await startDueDays(providers, later(now, 3 * HOUR_MS))).toBe(1)
  expect(await handedOut()).toEqual(['2026-11-13'])
})

test('a day is handed out as soon as its bill is ready, not before', async () => {
  await trade('2026-11-20T04:00:00Z')
  expect(await startDueDays(providers, new Date('2026-11-21T01:59:00Z'))).toBe(0)
  expect(await startDueDays(providers, new Date('2026-11-21T02:00:00Z'))).toBe(1)
})

test('a bill that is not there is asked for when it will be', async () => {
  const now = at('2026-11-21')
  answer = { ok: false, error: { code: 'not_ready', readyAt: later(now, HOUR_MS) } }
  expect(await reconcile('2026-11-20', now)).toMatchObject({ ok: false, error: { code: 'waiting' } })
  expect(await readBillDay({ provider: 'alipay', day: '2026-11-20' })).toMatchObject({
    state: 'waiting',
    nextTryAt: later(now, HOUR_MS),
  })
})

test('a provider that does not answer is asked less and less often, and never given up', async () => {
  let now = at('2026-11-21')
  answer = { ok: false, error: { code: 'unknown', reason: 'time-out' } }
  const pauses: number[] = []
  for (let tries = 0; tries < 9; tries++) {
    await reconcile('2026-11-20', now)
    const next = (await readBillDay({ provider: 'alipay', day: '2026-11-20' }))?.nextTryAt ?? now
    pauses.push((next.getTime() - now.getTime()) / MINUTE_MS)
    now = next
  }
  expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 360, 360, 360])
  answer = { ok: true, value: 'no_trades' }
  expect(await reconcile('2026-11-20', now)).toEqual({ ok: true, value: 'matched' })
  expect(await readBillDay({ provider: 'alipay', day: '2026-11-20' })).toMatchObject({
    state: 'matched',
    problem: null,
  })
})
