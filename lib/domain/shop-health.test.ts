import { expect, test } from 'vitest'
import { type HealthFacts, judgeHealth } from './shop-health.ts'

const WELL: HealthFacts = {
  isDatabaseReachable: true,
  lacksMigrations: false,
  freshness: [],
  workerSilentS: 45,
  queueLateS: 60,
  clockDriftMs: -2_000,
  unofferedProviders: [],
}

const table: [name: string, facts: Partial<HealthFacts>, reasons: string[], concerns: string[]][] = [
  ['all is well', {}, [], []],
  ['the database is away', { isDatabaseReachable: false, workerSilentS: null }, ['database_unreachable'], []],
  ['an older database', { lacksMigrations: true }, ['migrations_pending'], []],
  ['pages may be old', { freshness: ['changes_not_followed'] }, ['changes_not_followed'], []],
  ['no worker', { workerSilentS: null }, [], ['worker_silent']],
  ['a worker that died', { workerSilentS: 46 }, [], ['worker_silent']],
  ['jobs wait', { queueLateS: 61 }, [], ['queue_late']],
  ['clocks apart', { clockDriftMs: -2_001 }, [], ['clock_drift']],
  [
    'a gateway is away',
    { unofferedProviders: [{ provider: 'alipay', why: 'unreachable' }] },
    [],
    ['provider_unreachable:alipay'],
  ],
]
test.each(table)('%s', (_name, facts, reasons, concerns) => {
  expect(judgeHealth({ ...WELL, ...facts })).toEqual({ reasons, concerns })
})
