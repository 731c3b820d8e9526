import { expect, test } from 'vitest'
import { chooseLocale } from './choose-locale.ts'

test.each([
  ['zh', 'fr', 'zh'],
  [undefined, 'fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
  [undefined, 'de,en;q=0.5,zh-TW;q=0.7', 'zh'],
  [undefined, 'en;q=0.1, fr ; q=0.2', 'en'],
  [undefined, 'fr;q=0,zh;q=0.3', 'zh'],
  [undefined, 'de', 'en'],
  [undefined, null, 'en'],
  ['klingon', 'fr', 'fr'],
  [undefined, `${'x,'.repeat(10_000)}fr`, 'en'],
  [undefined, 'fr;q=nonsense', 'fr'],
] as const)('remembered %s, accepted %.40s → %s', (remembered, accepted, locale) => {
  expect(chooseLocale(remembered, accepted)).toBe(locale)
})
