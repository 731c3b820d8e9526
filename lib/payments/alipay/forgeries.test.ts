import { sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { verifyNotification } from './notification.ts'
import { verifyReturn } from './payment-return.ts'
import { readAnswer } from './read-answer.ts'
import {
  APP_ID,
  clientFor,
  encodeForm,
  type Fields,
  merchantPair,
  NOW,
  paidNotice,
  signAnswer,
  signedReturn,
  signForm,
  strangerPair,
} from './testing/alipay-double.ts'

// 100,000 forgeries: each is made from genuine messages, and none may be believed. What an attacker can do without the
// key is to alter, mix, cut and repeat; a change that leaves every signed byte as it was is no forgery and not counted.

const client = clientFor()
const PER_BATCH = 12_500

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

const notices: Fields[] = Array.from({ length: 24 }, (_, index) =>
  paidNotice({
    subject: ['青瓷茶壶', '100% A+B', 'a & b = c', ''][index % 4] ?? '',
    out_trade_no: `A20261121K7M2Q${100 + index}`,
    trade_no: `20261121220014999905000001${100 + index}`,
    notify_id: `20261121002221729550999900000${100 + index}`,
    total_amount: `${100 + index}.0${index % 10}`,
    trade_status: ['TRADE_SUCCESS', 'TRADE_FINISHED', 'TRADE_CLOSED', 'WAIT_BUYER_PAY'][index % 4] ?? '',
    charset: index % 3 === 0 ? 'GBK' : 'utf-8',
  }),
)
const forms = notices.map((notice) => signForm(notice, { charset: notice['charset'] === 'GBK' ? 'gbk' : 'utf-8' }))
const returns = notices.map(({ out_trade_no = '', trade_no = '' }) =>
  signForm(signedReturn({ out_trade_no, trade_no })),
)
const pairsOf = (form: Buffer) => form.toString('latin1').split('&')
const join = (pairs: readonly string[]) => Buffer.from(pairs.join('&'), 'latin1')

/** What the signature covers, by another reader than the one under test. */
function signedContent(form: Buffer): string {
  const fields = pairsOf(form)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=')
      const bytes = rest
        .join('=')
        .replaceAll('+', ' ')
        .replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      return [name, bytes] as const
    })
  return JSON.stringify(fields.filter(([name]) => name !== 'sign_type' && name !== 'alipay_cert_sn').sort())
}

const forgers: Record<string, (form: Buffer, dice: Dice, pool: readonly Buffer[]) => Buffer> = {
  'a bit flipped': (form, dice) => {
    const altered = Buffer.from(form)
    const at = dice.below(altered.length)
    altered[at] = (altered[at] ?? 0) ^ (1 << dice.below(8))
    return altered
  },
  'two values swapped': (form, dice) => {
    const pairs = pairsOf(form)
    const [a, b] = [dice.below(pairs.length), dice.below(pairs.length)]
    const [nameA = '', valueA = ''] = pairs[a]?.split('=') ?? []
    const [nameB = '', valueB = ''] = pairs[b]?.split('=') ?? []
    pairs[a] = `${nameA}=${valueB}`
    if (a !== b) pairs[b] = `${nameB}=${valueA}`
    return join(pairs)
  },
  'a value of another genuine message': (form, dice, pool) => {
    const [pairs, others] = [pairsOf(form), pairsOf(dice.pick(pool))]
    const at = dice.below(pairs.length)
    const name = pairs[at]?.split('=')[0]
    pairs[at] = others.find((pair) => pair.split('=')[0] === name) ?? ''
    return join(pairs)
  },
  'a letter of a value changed': (form, dice) => {
    const pairs = pairsOf(form)
    const at = dice.below(pairs.length)
    const [name = '', value = ''] = pairs[at]?.split('=') ?? []
    const letter = dice.below(Math.max(1, value.length))
    pairs[at] = `${name}=${value.slice(0, letter)}${dice.pick([...'0123456789ABCabc'])}${value.slice(letter + 1)}`
    return join(pairs)
  },
  'a field dropped, added or doubled': (form, dice) => {
    const pairs = pairsOf(form)
    const at = dice.below(pairs.length)
    const doubled = pairs[at] ?? ''
    const change = dice.below(3)
    if (change === 0) pairs.splice(at, 1)
    else if (change === 1) pairs.splice(at, 0, `f${dice.below(1e6)}=${dice.below(1e6)}`)
    else pairs.splice(dice.below(pairs.length), 0, doubled.replace(/=.*/, `=${dice.below(1e6)}`))
    return join(pairs)
  },
  'cut short, or two run together': (form, dice, pool) =>
    dice.below(2) === 0
      ? form.subarray(0, dice.below(form.length))
      : Buffer.concat([form.subarray(0, dice.below(form.length)), dice.pick(pool)]),
}

async function countAccepted(
  pool: readonly Buffer[],
  believe: (form: Buffer) => Promise<boolean>,
  seed: number,
): Promise<{ forged: number; accepted: string[] }> {
  const dice = seeded(seed)
  const kinds = Object.keys(forgers)
  const genuine = new Set(pool.map(signedContent))
  const accepted: string[] = []
  let forged = 0
  while (forged < PER_BATCH * 2) {
    const kind = dice.pick(kinds)
    const form = forgers[kind]?.(dice.pick(pool), dice, pool) ?? Buffer.alloc(0)
    if (genuine.has(signedContent(form))) continue
    forged++
    if (await believe(form)) accepted.push(`${kind}: ${form.toString('latin1')}`)
  }
  return { forged, accepted }
}

const believesNotice = async (body: Buffer) =>
  (await verifyNotification(client, { headers: new Headers(), body }, NOW)).ok
const believesReturn = async (form: Buffer) =>
  (await verifyReturn(client, { search: `?${form.toString('latin1')}`, body: new Uint8Array() }, NOW)).ok

test('every message that the forgeries are made of is genuine', async () => {
  for (const form of forms) expect(await believesNotice(form)).toBe(true)
  for (const form of returns) expect(await believesReturn(form)).toBe(true)
})

test('25,000 altered notices', { timeout: 60_000 }, async () => {
  expect(await countAccepted(forms, believesNotice, 1)).toEqual({ forged: PER_BATCH * 2, accepted: [] })
})

test('25,000 altered returns', { timeout: 60_000 }, async () => {
  expect(await countAccepted(returns, believesReturn, 2)).toEqual({ forged: PER_BATCH * 2, accepted: [] })
})

test('25,000 messages signed with other keys, other digests, or for somebody else', { timeout: 60_000 }, async () => {
  const dice = seeded(3)
  // Signing is slow and what is signed hardly matters, so a stock of signatures is dealt out over altered messages.
  const foreign = [
    ...notices.map((notice) => signForm(notice, { key: strangerPair.privateKey })),
    ...notices.map((notice) => signForm(notice, { key: merchantPair.privateKey })),
    ...notices.map((notice) => signForm(notice, { digest: 'sha1' })),
    ...notices.map((notice) => signForm(notice, { digest: 'sha512' })),
    ...notices.map((notice) => signForm(notice, { signSignType: true })),
    ...notices.map((notice) => signForm({ ...notice, app_id: '2026112100000002' })),
    ...notices.map((notice) => signForm({ ...notice, seller_id: '2088000000000002' })),
  ]
  const signatureOf = (form: Buffer) => pairsOf(form).find((pair) => pair.startsWith('sign=')) ?? ''
  const accepted: string[] = []
  for (let index = 0; index < PER_BATCH * 2; index++) {
    const fields = dice.pick(notices)
    const form =
      index < foreign.length
        ? (foreign[index] ?? Buffer.alloc(0))
        : Buffer.from(
            `${encodeForm({ ...fields, sign_type: dice.pick(['RSA2', 'RSA', '', 'NONE']), body: `${index}` })}&${signatureOf(dice.pick([...foreign, ...forms]))}`,
          )
    if (await believesNotice(form)) accepted.push(form.toString('latin1'))
  }
  expect(accepted).toEqual([])
})

test('25,000 altered answers of the gateway', { timeout: 60_000 }, async () => {
  const dice = seeded(4)
  const root = 'alipay_trade_query_response'
  const contents = notices.map((notice) =>
    JSON.stringify({ code: '10000', msg: 'Success', app: APP_ID, ...notice }).replaceAll('/', '\\/'),
  )
  const answers = contents.map((content) => signAnswer(root, content))
  const stranger = sign('sha256', Buffer.from('x'), strangerPair.privateKey).toString('base64')
  const trust = { keys: client.keys, encryptKey: null, now: NOW }
  const believed: string[] = []
  const read = (answer: string) => readAnswer(Buffer.from(answer, 'utf8'), root, trust, z.unknown())
  for (const answer of answers) expect(await read(answer)).toMatchObject({ ok: true })

  let forged = 0
  while (forged < PER_BATCH * 2) {
    const answer = dice.pick(answers)
    const at = dice.below(answer.length)
    const altered = dice.pick([
      () => answer.slice(0, at) + dice.pick([...' 09azAZ"\\{}:,']) + answer.slice(at + 1),
      () => answer.slice(0, at) + answer.slice(at + 1),
      () => answer.slice(0, at) + dice.pick([...' 0"\\{}']) + answer.slice(at),
      () => answer.slice(0, at) + dice.pick(answers).slice(at),
      () => answer.replace(/"sign":"[^"]*"\}$/, `"sign":"${dice.pick([stranger, '', stranger.slice(8)])}"}`),
      () => answer.replace(root, dice.pick(['alipay_trade_pay_response', 'error_responze', ''])),
      () => answer.replace(/\{/, `{"${root}":{"code":"10000"},`),
    ])()
    const isUnchanged = contents.some(
      (content) => altered.startsWith(`{"${root}":${content}`) && altered.endsWith('"}'),
    )
    if (isUnchanged && answers.some((genuine) => genuine.slice(-344) === altered.slice(-344))) continue
    forged++
    const result = await read(altered)
    if (!result.ok || result.value.outcome !== 'success') continue
    // Blanks and the like around the signed part may change; what was read must be what was signed.
    if (!contents.some((content) => JSON.stringify(JSON.parse(content)) === JSON.stringify(contentOf(result.value))))
      believed.push(altered)
  }
  expect(believed).toEqual([])
})

const contentOf = (answer: unknown): unknown => z.object({ content: z.unknown() }).parse(answer).content
