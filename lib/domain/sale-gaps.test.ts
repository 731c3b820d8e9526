import { expect, test } from 'vitest'
import { type PieceForSale, saleGaps } from './sale-gaps.ts'

const text = { en: 'a', fr: 'b', zh: 'c' }
const variant = { sku: 'ONE', offered: true, image: 'one.webp', imageAlt: text }
const whole: PieceForSale = { name: text, description: text, material: text, variants: [variant] }

test.each<[string, Partial<PieceForSale>, unknown]>([
  ['a whole piece', {}, []],
  ['a name without French', { name: { ...text, fr: ' ' } }, [{ what: 'name', locale: 'fr' }]],
  [
    'no description',
    { description: { en: '', fr: '', zh: '' } },
    ['en', 'fr', 'zh'].map((locale) => ({ what: 'description', locale })),
  ],
  ['no variant', { variants: [] }, [{ what: 'variant' }]],
  ['only a variant that is not offered', { variants: [{ ...variant, offered: false }] }, [{ what: 'variant' }]],
  ['a variant without a picture', { variants: [{ ...variant, image: '' }] }, [{ what: 'picture', sku: 'ONE' }]],
  [
    'a picture without words in Chinese',
    { variants: [{ ...variant, imageAlt: { ...text, zh: '' } }] },
    [{ what: 'alt', sku: 'ONE', locale: 'zh' }],
  ],
  ['gaps of what is not offered', { variants: [variant, { ...variant, sku: 'TWO', offered: false, image: '' }] }, []],
])('%s', (_, part, gaps) => {
  expect(saleGaps({ ...whole, ...part })).toEqual(gaps)
})
