import { expect, test } from 'vitest'
import { escapeXml } from './xml.ts'

test.each([
  ['Cups & mugs', 'Cups &amp; mugs'],
  [`<a href="x">l'été</a>`, '&lt;a href=&quot;x&quot;&gt;l&apos;été&lt;/a&gt;'],
  ['zero\0, bell\u0007, half \uD800 pair', 'zero, bell, half  pair'],
  ['青釉 🏺', '青釉 🏺'],
])('%j', (text, escaped) => {
  expect(escapeXml(text)).toBe(escaped)
})
