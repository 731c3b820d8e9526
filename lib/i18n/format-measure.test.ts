import { expect, test } from 'vitest'
import { formatCapacity, formatLength, formatWeight } from './format-measure.ts'

test.each([
  [formatLength(206, 'en'), '20.6 cm'],
  [formatLength(206, 'fr'), '20,6\u202fcm'],
  [formatLength(364, 'zh'), '36.4厘米'],
  [formatCapacity(450, 'en'), '450 mL'],
  [formatCapacity(1100, 'fr'), '1,1\u202fl'],
  [formatWeight(999, 'en'), '999 g'],
  [formatWeight(620, 'zh'), '620克'],
  [formatWeight(1050, 'en'), '1.05 kg'],
])('%s', (shown, expected) => {
  expect(shown).toBe(expected)
})
