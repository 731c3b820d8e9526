import { expect, test } from 'vitest'
import { readRefundCommand } from './read-refund-command.ts'

const ORDER = '2611213K7DR7PTQT79R'
const read = (text: string) => readRefundCommand(text.split(' '))

test.each([
  [`${ORDER} --by mei --amount 12.5`, { by: 'amount', amount: 1_250n }],
  [
    `${ORDER} --by mei --line 1x2`,
    { by: 'lines', lines: [{ position: 0, quantity: 2 }], shipping: 0n, restock: false },
  ],
  [
    `${ORDER} --by mei --line 1x2 --line 3x1 --shipping 5 --restock`,
    {
      by: 'lines',
      lines: [
        { position: 0, quantity: 2 },
        { position: 2, quantity: 1 },
      ],
      shipping: 500n,
      restock: true,
    },
  ],
  [`${ORDER} --by mei --shipping 15.00`, { by: 'lines', lines: [], shipping: 1_500n, restock: false }],
])('%s', (text, wish) => {
  expect(read(text)).toMatchObject({ ok: true, value: { kind: 'request', number: ORDER, actor: 'staff:mei', wish } })
})

test.each([
  `${ORDER} --amount 12.50`,
  `${ORDER} --by mei`,
  `${ORDER} --by mei;drop --amount 1`,
  `2611213K7DR7PTQT79X --by mei --amount 1`,
  `${ORDER} ${ORDER} --by mei --amount 1`,
  `${ORDER} --by mei --amount -1`,
  `${ORDER} --by mei --amount 1e3`,
  `${ORDER} --by mei --amount 1.005`,
  `${ORDER} --by mei --amount 1 --line 1x1`,
  `${ORDER} --by mei --amount 1 --restock`,
  `${ORDER} --by mei --line 0x1`,
  `${ORDER} --by mei --line 1x0`,
  `${ORDER} --by mei --line 1`,
  `${ORDER} --by mei --shipping x`,
  `${ORDER} --by mei --everything`,
  `${ORDER} --by mei --amount`,
  `--by mei --resend ${ORDER}`,
])('refused: %s', (text) => {
  expect(read(text)).toMatchObject({ ok: false, error: { code: 'wrong_command' } })
})

test('what waits for a person is shown to anybody', () => {
  expect(read('--waiting')).toEqual({ ok: true, value: { kind: 'list' } })
})

test('a failed one is sent again by its request', () => {
  const requestId = '0b6d1a52-3c1e-4d38-9a0c-5a6f5a1e2b3c'
  expect(read(`--by mei --resend ${requestId}`)).toEqual({
    ok: true,
    value: { kind: 'resend', requestId, actor: 'staff:mei' },
  })
})
