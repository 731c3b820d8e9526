import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv, writeCsvLine } from './csv.ts'

const cellsOf = (text: string) => {
  const parsed = parseCsv(text)
  return parsed.ok ? parsed.value.map((row) => row.cells) : parsed.error
}

test.each([
  [
    'commas',
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'semicolons, as a French spreadsheet writes',
    'a;b\n1,5;2',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  ['tabs', 'a\tb', [['a', 'b']]],
  ['a byte order mark', '\ufeffa,b', [['a', 'b']]],
  ['quotes, doubled quotes and line ends in a cell', '"a ""x"", y","b\nc"\n', [['a "x", y', 'b\nc']]],
  ['a quote inside a word', '5" bowl,1', [['5" bowl', '1']]],
  [
    'empty lines',
    'a,b\n\n , \n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['an empty file', '', []],
])('reads %s', (_, text, rows) => {
  expect(cellsOf(text)).toEqual(rows)
})

test('a row has the number of the line on which it begins', () => {
  const parsed = parseCsv('a,b\n"1\n2",3\n\n4,5')
  expect(parsed.ok && parsed.value.map(({ line }) => line)).toEqual([1, 2, 5])
})

test('a quote that is never closed is told with its line', () => {
  expect(parseCsv('a,b\n1,"2\n3,4')).toEqual({ ok: false, error: { code: 'quote_not_closed', line: 2 } })
})

test.each(['=1+1', '+1', '-1+2', '@SUM(A1)', '\t=1', '\r=1'])('%j is no formula in what we write', (cell) => {
  expect(writeCsvLine([cell]).replace(/^"/, '').startsWith("'")).toBe(true)
})

test.each(['-12', '-12.50', '12', 'a=b'])('%s is written as it is', (cell) => {
  expect(writeCsvLine([cell])).toBe(`${cell}\r\n`)
})

test('whatever is written is read again', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab"\',;\t\r\n=+-@ 1壶é') })
  const row = fc.array(cell, { minLength: 1, maxLength: 5 }).filter((cells) => cells.some((one) => one.trim() !== ''))
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
      const head = ['first', 'second', 'third', 'fourth', 'fifth']
      expect(cellsOf([head, ...rows].map(writeCsvLine).join(''))).toEqual([head, ...rows])
    }),
  )
})
