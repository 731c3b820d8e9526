import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readForm, writeForm } from './form.ts'

const asText = (encoded: string) => readForm(encoded).map(({ name, value }) => [name.toString(), value.toString()])

test('reads as the platform does, wherever the bytes are UTF-8', () => {
  const wellFormed = fc.string({ unit: 'binary', maxLength: 12 })
  fc.assert(
    fc.property(fc.array(fc.tuple(wellFormed, wellFormed), { maxLength: 5 }), (pairs) => {
      const encoded = new URLSearchParams(pairs).toString()
      expect(asText(encoded)).toEqual([...new URLSearchParams(encoded)])
    }),
  )
})

test('what is written is read again, byte for byte', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((array) => Buffer.from(array))
  fc.assert(
    fc.property(fc.array(fc.record({ name: bytes, value: bytes }), { maxLength: 5 }), (fields) => {
      expect(readForm(writeForm(fields))).toEqual(fields)
    }),
  )
})

test.each([
  ['a=%', [['a', '%']]],
  ['a=%zz%4', [['a', '%zz%4']]],
  [
    'a=1=2&&b',
    [
      ['a', '1=2'],
      ['b', ''],
    ],
  ],
  ['a=+%2B+', [['a', ' + ']]],
  ['__proto__=1', [['__proto__', '1']]],
])('%s', (encoded, fields) => {
  expect(asText(encoded)).toEqual(fields)
})
