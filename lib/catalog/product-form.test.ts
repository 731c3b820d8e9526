import { expect, test } from 'vitest'
import { factsOf, fieldsOfProduct, ProductFields, priceField } from './product-form.ts'

const piece = {
  slug: 'round-teapot',
  category: 'tea',
  name: { en: 'Round teapot', fr: 'Théière ronde', zh: '' },
  description: { en: 'Two\nlines', fr: '', zh: '' },
  material: { en: 'Stoneware', fr: 'Grès', zh: '炻器' },
  dimensions: { height: 129, capacity_ml: 420 },
  weightG: 640,
}

test('a piece goes through its form unchanged', () => {
  expect(factsOf(ProductFields.parse(fieldsOfProduct(piece)))).toEqual(piece)
})

test.each([
  ['slug', 'Round Teapot'],
  ['slug', ''],
  ['slug', 'a'.repeat(81)],
  ['weight_g', '0'],
  ['weight_g', '1.5'],
  ['weight_g', '-3'],
  ['height', '0'],
  ['height', '12 cm'],
  ['name_en', 'a'.repeat(201)],
])('%s = %j is refused', (field, value) => {
  const parsed = ProductFields.safeParse({ ...fieldsOfProduct(piece), [field]: value })
  expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([field])
})

test.each([
  ['468', 46_800n],
  ['468.5', 46_850n],
  ['468,50', 46_850n],
  [' 0.01 ', 1n],
  ['0', null],
  ['-1', null],
  ['1e3', null],
  ['4.999', null],
  ['', null],
])('a price of %j is %s', (typed, fen) => {
  expect(priceField.safeParse(typed).data ?? null).toBe(fen)
})
