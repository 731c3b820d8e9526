import { expect, test } from 'vitest'
import { readCartMessage } from './cart-message.ts'

test('a bad quantity is said beside its line', () => {
  expect(readCartMessage({ error: 'quantity', sku: 'CPT-RT90-CEL' }, 'en')).toEqual({
    kind: 'error',
    text: 'Please give a whole number from 1 to 99.',
    sku: 'CPT-RT90-CEL',
  })
})

test('what was removed can be put back in the same number', () => {
  expect(readCartMessage({ removed: 'CPT-RT90-CEL', quantity: '3' }, 'fr')).toMatchObject({
    kind: 'removed',
    sku: 'CPT-RT90-CEL',
    quantity: 3,
  })
})

test.each([
  [{}],
  [{ error: 'other' }],
  [{ outcome: 'limited', quantity: '1e9' }],
  [{ removed: ['a', 'b'], quantity: '1' }],
  [{ removed: 'x'.repeat(10_000), quantity: '1' }],
  [{ outcome: ['sold_out', 'full'] }],
])('an address that we did not write says nothing: %j', (query) => {
  expect(readCartMessage(query, 'en')).toBeNull()
})
