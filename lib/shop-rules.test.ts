import { expect, test } from 'vitest'
import { contactLines, sellerLines } from './domain/shop-contact.ts'
import { contactOf, ShopRules } from './shop-rules.ts'

const rules = ShopRules.parse({ shop_name: 'Kiln', contact_phone: '010 1234', contact_email: 'hello@kiln.example' })

test('empty lines are left out, and the environment speaks where nothing was filled in', () => {
  expect(contactLines(contactOf(rules))).toEqual(['010 1234', 'hello@kiln.example'])
  expect(sellerLines(contactOf(rules), ['Comptoir'])).toEqual(['Kiln', '010 1234', 'hello@kiln.example'])
  expect(sellerLines(contactOf(ShopRules.parse({})), ['Comptoir', '1 Teapot Lane'])).toEqual([
    'Comptoir',
    '1 Teapot Lane',
  ])
})
