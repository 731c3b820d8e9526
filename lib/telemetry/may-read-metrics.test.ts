import { expect, test } from 'vitest'
import { mayReadMetrics } from './may-read-metrics.ts'

const TOKEN = 'x'.repeat(32)
const table: [ip: string, authorization: string | null, token: string | undefined, may: boolean][] = [
  ['127.0.0.1', null, undefined, true],
  ['::1', null, undefined, true],
  ['192.0.2.7', null, undefined, false],
  ['192.0.2.7', `Bearer ${TOKEN}`, undefined, false],
  ['192.0.2.7', `Bearer ${TOKEN}`, TOKEN, true],
  ['192.0.2.7', `Bearer ${TOKEN}x`, TOKEN, false],
  ['127.0.0.1', null, TOKEN, false],
]
test.each(table)('from %s with %s, the token being %s: %s', (ip, authorization, token, may) => {
  expect(mayReadMetrics({ ip, authorization }, token)).toBe(may)
})
