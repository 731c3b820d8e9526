import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeCertificate } from '../testing/make-certificate.ts'
import { readAnswerLine } from './fields.ts'
import { verifyNotification } from './notification.ts'
import { verifyReturn } from './payment-return.ts'
import {
  answerLine,
  clientFor,
  encodeForm,
  intermediate,
  merchant,
  NOW,
  ORDER_ID,
  paidNotice,
  signValues,
  UNIONPAY_NAME,
  unionpay,
  type Values,
} from './testing/unionpay-double.ts'
import { verifyMessage } from './verify-message.ts'

// 100,000 forgeries: each is made from genuine messages, and none may be believed. What an attacker can do without the
// key is to alter, mix, cut and sign with keys of their own; a change that leaves every signed field as it was is no
// forgery and not counted.

const client = clientFor()
const PER_FORGER = 12_500

/** mulberry32: the same forgeries in every run. */
function seeded(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return { below, pick }
}
type Dice = ReturnType<typeof seeded>

const genuine: Values[] = Array.from({ length: 24 }, (_, index) =>
  signValues(
    paidNotice({
      orderId: `${ORDER_ID.slice(0, 19)}${100 + index}`,
      queryId: `782611211730000740${100 + index}`,
      txnAmt: String(10_000 + index),
      reqReserved: ['', 'a+b/c=', '{a=1&b=2}', '青瓷 100%'][index % 4] ?? '',
      txnType: index % 6 === 5 ? '04' : '01',
    }),
  ),
)
const strangers = [
  makeCertificate({ name: UNIONPAY_NAME }),
  makeCertificate({ name: UNIONPAY_NAME, issuer: merchant }),
  merchant,
  makeCertificate({ name: UNIONPAY_NAME, issuer: intermediate, to: '2026-11-20' }),
  makeCertificate({ name: UNIONPAY_NAME, issuer: intermediate, from: '2026-11-23' }),
]
/** Test certificates share their keys; this one is nobody's. */
const strangerKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const alphabet = [...'0123456789ABCXYZabcxyz+/=&{}[] %\n\r瓷']
const names = [...Object.keys(genuine[0] ?? {}), 'origQryId', 'payCardType', 'x']

const altered = (text: string, dice: Dice): string => {
  const at = dice.below(text.length + 1)
  return text.slice(0, at) + dice.pick(alphabet) + text.slice(at + dice.below(2))
}

const forgers: Record<string, (values: Values, dice: Dice) => Values> = {
  'a value altered': (values, dice) => {
    const name = dice.pick(Object.keys(values))
    return { ...values, [name]: altered(values[name] ?? '', dice) }
  },
  'a value of another message': (values, dice) => {
    const name = dice.pick(Object.keys(values))
    return { ...values, [name]: dice.pick(genuine)[name] ?? '' }
  },
  'a field taken away': (values, dice) => {
    const name = dice.pick(Object.keys(values))
    return Object.fromEntries(Object.entries(values).filter(([each]) => each !== name))
  },
  'a field added': (values, dice) => ({
    ...values,
    [`${dice.pick(names)}${dice.below(2) ? '' : dice.below(9)}`]: dice.pick(['0', '00', '1', 'A6']),
  }),
  'cut up into other fields': (values, dice) => {
    const name = dice.pick(Object.keys(values))
    const value = values[name] ?? ''
    const at = dice.below(value.length + 1)
    return { ...values, [name]: value.slice(0, at), [dice.pick(names)]: value.slice(at) }
  },
  'signed by somebody else': (values, dice) => {
    const by = dice.pick(strangers)
    return signValues(
      { ...values, signature: '', txnAmt: String(dice.below(99_999)) },
      dice.below(2) ? { by } : { key: strangerKey, certificate: unionpay.pem },
    )
  },
  'another way of signing': (values, dice) => {
    const changed: Record<string, string> = { ...values, txnAmt: String(1 + dice.below(9999)) }
    const text = Object.keys(changed)
      .filter((name) => name !== 'signature')
      .sort()
      .map((name) => `${name}=${changed[name]}`)
      .join('&')
    const digest = createHash(dice.pick(['sha1', 'md5']))
      .update(text)
      .digest('hex')
    const method = dice.pick(['11', '12', '01', '02'])
    return {
      ...changed,
      signMethod: method,
      version: dice.pick(['5.0.0', '5.1.0', '6.0.0']),
      signature: dice.below(2)
        ? Buffer.from(digest).toString('base64')
        : sign('sha1', Buffer.from(digest), merchant.privateKey).toString('base64'),
    }
  },
  'a signature of another shape': (values, dice) => {
    const signature = values['signature'] ?? ''
    const shape = dice.pick([
      (text: string) => text.slice(0, dice.below(text.length)),
      (text: string) => text.replaceAll('+', ' ').replace('/', '_'),
      (text: string) => `${text}\n`,
      (text: string) => text.replace(/=+$/, ''),
      (text: string) => Buffer.alloc(256, dice.below(256)).toString('base64') + text.slice(0, 0),
      () => '',
    ])
    return { ...values, signature: shape(signature) }
  },
}

/** What a signature covers: everything but itself and what is empty. */
const covered = (values: Values) =>
  JSON.stringify(
    Object.entries(values)
      .filter(([name, value]) => name !== 'signature' && value !== '')
      .sort(),
  )
const known = new Set(genuine.map(covered))
const signatures = new Set(genuine.map((values) => values['signature']))
const isForgery = (values: Values) => !(known.has(covered(values)) && signatures.has(values['signature'] ?? ''))

test.each(Object.entries(forgers))('12,500 forgeries: %s', { timeout: 60_000 }, (name, forge) => {
  const dice = seeded(name.length)
  let made = 0
  while (made < PER_FORGER) {
    const values = forge(dice.pick(genuine), dice)
    if (!isForgery(values)) continue
    made++
    const body = encodeForm(values)
    const way = made % 3
    const line = way === 2 ? readAnswerLine(Buffer.from(answerLine(values))) : null
    // An answer is split anew, and what comes out of it may be what was signed after all.
    if (line?.ok && !isForgery(Object.fromEntries(line.value))) continue
    const verdict =
      way === 0
        ? verifyNotification(client, { headers: new Headers(), body }, NOW)
        : way === 1
          ? verifyReturn(client, { search: '', body }, NOW)
          : line?.ok
            ? verifyMessage(line.value, client.trust, NOW)
            : line
    if (verdict?.ok) expect.fail(`believed: ${JSON.stringify(values)}`)
  }
  expect(made).toBe(PER_FORGER)
})

test('the genuine ones are believed, so that the forgeries are refused for what they are', () => {
  for (const values of genuine) {
    expect(verifyNotification(client, { headers: new Headers(), body: encodeForm(values) }, NOW).ok).toBe(true)
    const line = readAnswerLine(Buffer.from(answerLine(values)))
    expect(line.ok && verifyMessage(line.value, client.trust, NOW).ok).toBe(true)
  }
})
