import { expect, test } from 'vitest'
import { mailboxOf } from './coupon-customer.ts'

const table: [email: string, mailbox: string][] = [
  ['lin@example.com', 'lin@example.com'],
  [' Lin@Example.COM ', 'lin@example.com'],
  ['lin+shop@example.com', 'lin@example.com'],
  ['li.n+1@gmail.com', 'lin@gmail.com'],
  ['l.i.n@googlemail.com', 'lin@gmail.com'],
  ['li.n@example.com', 'li.n@example.com'],
  ['+@example.com', '+@example.com'],
]
test.each(table)('%s goes to %s', (email, mailbox) => {
  expect(mailboxOf(email)).toBe(mailbox)
})
