import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { verifyNotification } from './notification.ts'
import { readAnswer } from './read-answer.ts'
import {
  API_V3_KEY,
  clientFor,
  merchant,
  NOW,
  noticeBody,
  PUBLIC_KEY_ID,
  platform,
  refundNotice,
  serialOf,
  signedHeaders,
  strangerPair,
  transaction,
  wechatPair,
} from './testing/wechat-double.ts'
import { createWechatKeys } from './wechat-keys.ts'

// 100,000 forgeries: each is made from genuine messages, and none may be believed. What an attacker can do without the
// key is to alter, mix, cut and repeat; a message whose signed bytes and headers are as they were is no forgery.

const keys = createWechatKeys({ id: PUBLIC_KEY_ID, key: wechatPair.publicKey }, async () => ({
  ok: true,
  value: [new X509Certificate(platform.pem)],
}))
const client = clientFor({}, { keys })
const EACH = 25_000

type Message = { readonly headers: Record<string, string>; readonly body: Buffer }

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

const bodies = Array.from({ length: 24 }, (_, index) =>
  index % 3 === 2
    ? noticeBody(refundNotice({ refund_id: `5000000038202611210000000${100 + index}` }), { event: 'REFUND.SUCCESS' })
    : noticeBody(
        transaction({ transaction_id: `42000020261121999900000${100 + index}`, amount: { total: 100 + index } }),
      ),
)
/** Half of them signed with the public key's pair, half with the platform certificate's. */
const genuine: readonly Message[] = bodies.map((body, index) => ({
  body,
  headers: signedHeaders(
    body,
    index % 2 === 0 ? {} : { key: platform.privateKey, serial: serialOf(platform), nonce: `nonce-${index}` },
  ),
}))
/** What is signed, and by whom: a forgery differs in it. */
const essence = ({ headers, body }: Message) =>
  JSON.stringify([
    ...['timestamp', 'nonce', 'serial', 'signature'].map((name) => headers[`wechatpay-${name}`]),
    body.toString('latin1'),
  ])
const known = new Set(genuine.map(essence))

const alteredText = (text: string, dice: Dice): string => {
  const at = dice.below(text.length + 1)
  const letter = dice.pick([...'0123456789abcXYZ+/= _'])
  return dice.pick([
    () => text.slice(0, at) + letter + text.slice(at + 1),
    () => text.slice(0, at) + letter + text.slice(at),
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at),
  ])()
}
const withHeader = (message: Message, name: string, value: string): Message => ({
  ...message,
  headers: { ...message.headers, [`wechatpay-${name}`]: value.trim() },
})
const SIGNED = ['timestamp', 'nonce', 'serial', 'signature'] as const

const forgers: Record<string, (message: Message, dice: Dice) => Message> = {
  'a bit of the body flipped': (message, dice) => {
    const body = Buffer.from(message.body)
    const at = dice.below(body.length)
    body[at] = (body[at] ?? 0) ^ (1 << dice.below(8))
    return { ...message, body }
  },
  'the body cut, doubled or with something behind it': (message, dice) => {
    const at = dice.below(message.body.length)
    const body = dice.pick([
      () => message.body.subarray(0, at),
      () => Buffer.concat([message.body, message.body]),
      () => Buffer.concat([message.body, Buffer.from(dice.pick(['\n', ' ', '{}', '\0']))]),
      () => Buffer.concat([message.body.subarray(0, at), dice.pick(genuine).body.subarray(at)]),
    ])()
    return { ...message, body }
  },
  'a letter of a header changed': (message, dice) => {
    const name = dice.pick(SIGNED)
    return withHeader(message, name, alteredText(message.headers[`wechatpay-${name}`] ?? '', dice))
  },
  'a header of another genuine message': (message, dice) => {
    const name = dice.pick(SIGNED)
    return withHeader(message, name, dice.pick(genuine).headers[`wechatpay-${name}`] ?? '')
  },
  'the body of another genuine message': (message, dice) => ({ ...message, body: dice.pick(genuine).body }),
  'a header left out': (message, dice) => withHeader(message, dice.pick(SIGNED), ''),
  'two headers in each other’s place': (message, dice) => {
    const [a, b] = [dice.pick(SIGNED), dice.pick(SIGNED)]
    const [valueA = '', valueB = ''] = [message.headers[`wechatpay-${a}`], message.headers[`wechatpay-${b}`]]
    return withHeader(withHeader(message, a, valueB), b, valueA)
  },
  'another content, sealed by somebody who knows the APIv3 key': (message, dice) => ({
    ...message,
    body: noticeBody(transaction({ amount: { total: dice.below(1e6) } }), { key: API_V3_KEY }),
  }),
}

function* forge(count: number, seed: number, pool: readonly Message[] = genuine): Generator<[string, Message]> {
  const dice = seeded(seed)
  const kinds = Object.keys(forgers)
  for (let made = 0; made < count; ) {
    const kind = dice.pick(kinds)
    const forged = forgers[kind]?.(dice.pick(pool), dice)
    if (!forged || known.has(essence(forged))) continue
    made++
    yield [kind, forged]
  }
}

const believes = async ({ headers, body }: Message) =>
  (await verifyNotification(client, { headers: new Headers(headers), body }, NOW)).ok

test('every message that the forgeries are made of is genuine', async () => {
  for (const message of genuine) expect(await believes(message)).toBe(true)
})

test.each([1, 2])('25,000 altered notifications (%i)', { timeout: 60_000 }, async (seed) => {
  const accepted: string[] = []
  for (const [kind, forged] of forge(EACH, seed)) if (await believes(forged)) accepted.push(kind)
  expect(accepted).toEqual([])
})

test('25,000 messages signed with other keys or digests, or outside their time', { timeout: 60_000 }, async () => {
  const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
  // Signing is slow and what is signed hardly matters, so a stock of such messages is dealt out, and altered further.
  const foreign = bodies.flatMap((body): Message[] =>
    [
      signedHeaders(body, { key: strangerPair.privateKey }),
      signedHeaders(body, { key: merchant.privateKey }),
      signedHeaders(body, { key: merchant.privateKey, serial: serialOf(merchant) }),
      signedHeaders(body, { digest: 'sha1' }),
      signedHeaders(body, { digest: 'sha512' }),
      signedHeaders(body, { now: minutes(-6) }),
      signedHeaders(body, { now: minutes(6) }),
      { ...signedHeaders(body), 'wechatpay-signature-type': 'WECHATPAY2-SM2-WITH-SM3' },
    ].map((headers) => ({ body, headers })),
  )
  // Two wrongs that make a right: of these, a change may give back what was really signed.
  const mixed = bodies.flatMap((body): Message[] =>
    [signedHeaders(body, { key: platform.privateKey }), signedHeaders(body, { serial: serialOf(platform) })].map(
      (headers) => ({ body, headers }),
    ),
  )
  const accepted: number[] = []
  for (const [at, message] of [...foreign, ...mixed].entries()) if (await believes(message)) accepted.push(at)
  let at = foreign.length + mixed.length
  for (const [, forged] of forge(EACH - at, 4, foreign)) if (await believes(forged)) accepted.push(at++)
  expect(accepted).toEqual([])
})

test('25,000 altered answers of the gateway', { timeout: 60_000 }, async () => {
  const dice = seeded(5)
  const read = async ({ headers, body }: Message, status = 200) => {
    const answer = { status, headers: new Headers(headers), body }
    return readAnswer(answer, keys, NOW, z.unknown())
  }
  for (const message of genuine) expect(await read(message)).toMatchObject({ ok: true })
  const believed: string[] = []
  for (const [kind, forged] of forge(EACH, 6)) {
    const answer = await read(forged, dice.pick([200, 200, 201, 400, 404]))
    if (answer.ok) believed.push(kind)
  }
  expect(believed).toEqual([])
})
