import { expect, test } from 'vitest'
import {
  isOpenRefund,
  nextRefundState,
  nextStep,
  REFUND_STATES,
  type RefundEvent,
  type RefundState,
  resendWay,
} from './refund-state.ts'

const table: [from: RefundState, event: RefundEvent, to: RefundState | null][] = [
  ['pending', 'accepted', 'processing'],
  ['pending', 'succeeded', 'succeeded'], // Alipay says so at once
  ['pending', 'failed', 'failed'],
  ['pending', 'sent_again', null], // it is under way, nothing to try again
  ['processing', 'accepted', null], // told again
  ['processing', 'succeeded', 'succeeded'],
  ['processing', 'failed', 'failed'],
  ['processing', 'went_astray', 'abnormal'],
  ['abnormal', 'succeeded', 'succeeded'], // a person had it paid elsewhere
  ['abnormal', 'accepted', null],
  ['abnormal', 'sent_again', null], // its money is gone from us
  ['failed', 'sent_again', 'pending'],
  ['failed', 'succeeded', 'succeeded'], // the provider's word wins
  ['failed', 'failed', null],
  ['succeeded', 'failed', null], // told in the wrong order
  ['succeeded', 'sent_again', null],
]

test.each(table)('%s + %s → %s', (from, event, to) => {
  expect(nextRefundState(from, event)).toBe(to)
})

test('what is under way, or went astray, holds its money', () => {
  expect(REFUND_STATES.filter(isOpenRefund)).toEqual(['pending', 'processing', 'abnormal'])
})

test('a second number needs the word that the first is over', () => {
  expect(resendWay({ spent: false })).toBe('same_number')
  expect(resendWay({ spent: true })).toBe('new_number')
})

test('a person is needed for what failed and for what went astray', () => {
  expect(REFUND_STATES.map(nextStep)).toEqual([null, null, null, 'resend', 'ask_shopper'])
})
