import type { RespCode } from './response-codes.ts'

/** What the bank of a test card does. `ask_again` refuses the code once and takes it the next time. */
export type CardFate = 'pays' | 'refuses' | 'ask_again' | 'slow'

/** The first is the one that UnionPay gives out for its own test environment. */
export const TEST_CARDS = {
  '6216261000000000018': 'pays',
  '6216261000000000026': 'refuses',
  '6216261000000000034': 'ask_again',
  '6216261000000000042': 'slow',
} as const satisfies Record<string, CardFate>

export const FIRST_CARD = '6216261000000000018'
export const TEST_PHONE = '13552535506'
export const TEST_CODE = '111111'

export interface CardForm {
  readonly cardNo: string
  readonly phone: string
  readonly code: string
}

export type CardVerdict =
  | { readonly verdict: 'pays' | 'slow' }
  | { readonly verdict: 'refused'; readonly respCode: RespCode }

/** @param lastRefusal what the bank said the last time, of whichever card */
export function judgeCard(form: CardForm, lastRefusal: RespCode | null): CardVerdict {
  const cards: Readonly<Record<string, CardFate>> = TEST_CARDS
  const fate = Object.hasOwn(cards, form.cardNo) ? cards[form.cardNo] : undefined
  if (!fate) return { verdict: 'refused', respCode: '61' }
  if (!/^1\d{10}$/.test(form.phone)) return { verdict: 'refused', respCode: '66' }
  if (form.code !== TEST_CODE) return { verdict: 'refused', respCode: '71' }
  if (fate === 'refuses') return { verdict: 'refused', respCode: '64' }
  if (fate === 'ask_again' && lastRefusal !== '71') return { verdict: 'refused', respCode: '71' }
  return { verdict: fate === 'slow' ? 'slow' : 'pays' }
}
