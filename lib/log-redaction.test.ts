import { pino } from 'pino'
import { expect, test } from 'vitest'
import { REDACTION, safeError } from './log-redaction.ts'

const CANARY = 'canary-7f3a'

function logged(fields: object): string {
  const lines: string[] = []
  const log = pino(
    { redact: REDACTION, serializers: { err: safeError } },
    { write: (line: string) => lines.push(line) },
  )
  log.warn(fields, 'something happened')
  return lines.join('')
}

test.each([
  { email: CANARY },
  { order: { phone: CANARY } },
  { order: { contact: { email: CANARY } } },
  { headers: { cookie: CANARY, authorization: CANARY } },
  { address: { recipient: CANARY, street: CANARY } },
  { account: { password: CANARY, token: CANARY } },
  { settings: { privateKey: CANARY } },
])('what tells of a person or opens a door is removed from %j', (fields) => {
  expect(logged(fields)).not.toContain(CANARY)
  expect(logged(fields)).toContain('[removed]')
})

test('an error keeps its message and place, and loses the values of its statement', () => {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint "accounts_email"'), {
    code: '23505',
    detail: `Key (email)=(${CANARY}@example.com) already exists.`,
    parameters: [CANARY],
  })
  const error = new Error(`Failed query: insert into accounts values ($1)\nparams: ${CANARY}@example.com,two\nlines`, {
    cause,
  })
  const line = logged({ err: error })
  expect(line).not.toContain(CANARY)
  expect(line).toContain('Failed query: insert into accounts')
  expect(line).toContain('accounts_email')
  expect(line).toContain('log-redaction.test.ts')
})

test('a line stays one line, whatever is in it', () => {
  const line = logged({ order: 'a\r\n{"level":"fatal"}\u001b[31m' })
  expect(line.trimEnd().split('\n')).toHaveLength(1)
  expect(line).not.toContain('\u001b')
})
