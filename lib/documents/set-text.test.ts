import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DocumentFonts, FontFile } from './document-fonts.ts'
import { runsOf, textSetter } from './set-text.ts'

const font = (name: string, has: RegExp): FontFile => ({
  name,
  bytes: Buffer.alloc(0),
  has: (character) => has.test(character),
})
const latin = font('latin', /^[\x20-\x7e\u00a0-\u00ff’]$/)
const han = font('han', /^[\p{Script=Han}\u3000-\u303f\uff00-\uffef□a-z]$/u)
const fonts: DocumentFonts = { sans: [latin, han], display: [latin, han] }
const style = { face: 'sans', size: 10, colour: '#000' } as const

/** A paper on which each character is 10 points wide. */
function paper() {
  const put: { text: string; x: number; y: number }[] = []
  return {
    put,
    font: () => undefined,
    fontSize: () => undefined,
    fillColor: () => undefined,
    widthOfString: (text: string) => [...text].length * 10,
    text: (text: string, x: number, y: number) => put.push({ text, x, y }),
  }
}

test.each([
  ['one script is one run', 'Lin Wei', [['latin', 'Lin Wei']]],
  [
    'each character in the first font that has it',
    'Lin 林薇 b',
    [
      ['latin', 'Lin '],
      ['han', '林薇'],
      ['latin', ' b'],
    ],
  ],
  [
    'what no font has is a box',
    'a김b',
    [
      ['latin', 'a'],
      ['han', '□'],
      ['latin', 'b'],
    ],
  ],
  ['marks that turn the direction are left out', 'a\u202eb\u2066c', [['latin', 'abc']]],
  ['a narrow space that cannot break is a space that cannot', '1\u202f280', [['latin', '1\u00a0280']]],
  ['an accent on its own joins its letter', 'e\u0301', [['latin', 'é']]],
])('%s', (_name, text, runs) => {
  expect(runsOf(text, fonts.sans).map(({ font, text: part }) => [font, part])).toEqual(runs)
})

test('a line ends at its right end, whatever fonts it is set in', () => {
  const sheet = paper()
  textSetter(sheet, fonts).put('¥9 元', style, { x: 500, y: 40, align: 'right' })
  expect(sheet.put).toEqual([
    { text: '¥9 ', x: 460, y: 40 },
    { text: '元', x: 490, y: 40 },
  ])
})

test.each([
  ['at spaces', 'one two three', 80, ['one two', 'three']],
  ['between Chinese characters', '龙井路一号', 30, ['龙井路', '一号']],
  ['never before a full stop', '龙井路。', 30, ['龙井路。']],
  ['inside a word that is wider than a line', 'abcdefgh', 30, ['abc', 'def', 'gh']],
])('breaks %s', (_name, text, most, lines) => {
  expect(textSetter(paper(), fonts).wrap(text, style, most)).toEqual(lines)
})

test('wrapping loses nothing but spaces, and no line is too wide but for a closing mark', () => {
  const written = fc.string({ unit: fc.constantFrom(...'ab 林薇，。1 é') })
  fc.assert(
    fc.property(written, fc.integer({ min: 1, max: 12 }), (text, characters) => {
      const lines = textSetter(paper(), fonts).wrap(text, style, characters * 10)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      for (const line of lines) expect([...line.replace(/[，。]+$/, '')].length).toBeLessThanOrEqual(characters)
    }),
  )
})
