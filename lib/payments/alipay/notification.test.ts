import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseYuan, toFen } from '../../domain/money.ts'
import { verifyNotification } from './notification.ts'
import {
  clientFor,
  encode,
  encodeForm,
  type Fields,
  merchantPair,
  NOW,
  paidNotice,
  signForm,
  strangerPair,
} from './testing/alipay-double.ts'

const client = clientFor()
const verify = (body: Uint8Array) => verifyNotification(client, { headers: new Headers(), body }, NOW)
const verifySigned = (fields: Fields) => verify(signForm(fields))

async function accepted(fields: Fields) {
  const verified = await verifySigned(fields)
  if (!verified.ok) throw new Error(`${verified.error.code}: ${verified.error.reason}`)
  return verified.value
}
async function refusal(body: Uint8Array) {
  const verified = await verify(body)
  return verified.ok ? 'accepted' : verified.error.code
}

describe('what a notice means', () => {
  const payment = {
    eventId: 'paid:2026112122001499990500000001',
    providerTradeNo: '2026112122001499990500000001',
    amount: toFen(26800n),
    currency: 'CNY',
    paidAt: new Date('2026-11-21T09:29:55Z'),
    refundable: true,
  }

  test('TRADE_SUCCESS is a payment', async () => {
    expect(await accepted(paidNotice())).toEqual({
      provider: 'alipay',
      messageId: '2026112100222172955099990000000001',
      eventId: payment.eventId,
      outTradeNo: 'A20261121K7M2Q9ZT',
      providerTradeNo: payment.providerTradeNo,
      kind: 'paid',
      payment,
    })
  })

  test('TRADE_SUCCESS with a refund is a partial refund, and still proves the payment', async () => {
    const notice = { refund_fee: '68.00', gmt_refund: '2026-11-21 18:00:00.123', out_biz_no: 'R20261121AAAA' }
    expect(await accepted(paidNotice(notice))).toMatchObject({
      kind: 'refunded',
      payment,
      refundNo: 'R20261121AAAA',
      refundedTotal: 6800n,
      complete: false,
    })
  })

  test('TRADE_SUCCESS with a refund of nothing is a payment', async () => {
    expect(await accepted(paidNotice({ refund_fee: '0.00' }))).toMatchObject({ kind: 'paid' })
  })

  test('TRADE_CLOSED after a full refund is a complete refund, not a cancelled trade', async () => {
    const notice = { trade_status: 'TRADE_CLOSED', refund_fee: '268.00', gmt_refund: '2026-11-21 18:00:00.123' }
    expect(await accepted(paidNotice(notice))).toMatchObject({ kind: 'refunded', complete: true, payment })
  })

  test('TRADE_CLOSED of an unpaid trade is its end', async () => {
    const { gmt_payment: _, ...unpaid } = paidNotice({ trade_status: 'TRADE_CLOSED' })
    expect(await accepted(unpaid)).toMatchObject({ kind: 'closed' })
  })

  test('TRADE_FINISHED is the same payment, no longer refundable', async () => {
    expect(await accepted(paidNotice({ trade_status: 'TRADE_FINISHED' }))).toMatchObject({
      kind: 'paid',
      eventId: payment.eventId,
      payment: { ...payment, refundable: false },
    })
  })

  test('WAIT_BUYER_PAY is nothing to act on', async () => {
    expect(await accepted(paidNotice({ trade_status: 'WAIT_BUYER_PAY' }))).toMatchObject({ kind: 'nothing' })
  })

  test('two partial refunds of one trade are two events, a repeat of one is the same', async () => {
    const notice = (number: string, total: string) => accepted(paidNotice({ out_biz_no: number, refund_fee: total }))
    const [first, again, second] = [
      await notice('R1AAAAAA', '10.00'),
      await notice('R1AAAAAA', '10.00'),
      await notice('R2AAAAAA', '20.00'),
    ]
    expect(first.eventId).toBe(again.eventId)
    expect(second.eventId).not.toBe(first.eventId)
  })

  test('a foreign currency is told as it is', async () => {
    expect(await accepted(paidNotice({ trans_currency: 'USD' }))).toMatchObject({ payment: { currency: 'USD' } })
  })
})

describe('what is refused', () => {
  const genuine = signForm(paidNotice())
  const altered = (from: string | RegExp, to: string) =>
    Buffer.from(genuine.toString('latin1').replace(from, to), 'latin1')
  const signature = /(sign=[^&]*)/.exec(genuine.toString('latin1'))?.[1] ?? ''

  test('the message that the cases below alter is itself accepted', async () => {
    expect(await refusal(genuine)).toBe('accepted')
  })

  const mutations: [what: string, body: Uint8Array, code: string][] = [
    ['amount in the signed text', altered('total_amount=268.00', 'total_amount=2.68'), 'bad_signature'],
    ['amount one fen off', altered('total_amount=268.00', 'total_amount=268.01'), 'bad_signature'],
    ['another number', altered('out_trade_no=A2026', 'out_trade_no=B2026'), 'bad_signature'],
    ['another status', altered('TRADE_SUCCESS', 'TRADE_FINISHED'), 'bad_signature'],
    ['a field dropped', altered(/point_amount=0\.00&/, ''), 'bad_signature'],
    ['a field added', Buffer.concat([genuine, Buffer.from('&gift=1')]), 'bad_signature'],
    ['an empty field added', Buffer.concat([genuine, Buffer.from('&gift=')]), 'bad_signature'],
    ['no signature', altered(/&?sign=[^&]*/, ''), 'bad_signature'],
    ['an empty signature', altered(/(sign=)[^&]*/, '$1'), 'bad_signature'],
    ['a truncated signature', altered(signature, signature.slice(0, -9)), 'bad_signature'],
    ['blanks where + stood', altered(/%2B/g, '+'), 'bad_signature'],
    ['a signature that is not base64', altered(signature, 'sign=%00%ff~~~'), 'bad_signature'],
    ['cut in the middle', genuine.subarray(0, genuine.length / 2), 'bad_signature'],
    ['nothing at all', Buffer.alloc(0), 'bad_signature'],
    ['the key of a stranger', signForm(paidNotice(), { key: strangerPair.privateKey }), 'bad_signature'],
    ['our own key', signForm(paidNotice(), { key: merchantPair.privateKey }), 'bad_signature'],
    ['SHA-1', signForm(paidNotice(), { digest: 'sha1' }), 'bad_signature'],
    ['another application', signForm(paidNotice({ app_id: '2026112100000002' })), 'other_application'],
    ['another seller', signForm(paidNotice({ seller_id: '2088000000000002' })), 'other_merchant'],
    ['more than 64 KiB', signForm(paidNotice({ body: 'x'.repeat(65_536) })), 'too_large'],
    ['a repeated field', Buffer.concat([genuine, Buffer.from('&total_amount=1.00')]), 'malformed'],
    ['a repeated field, first', Buffer.concat([Buffer.from('total_amount=1.00&'), genuine]), 'malformed'],
    ['an array', Buffer.concat([genuine, Buffer.from('&a[]=1')]), 'malformed'],
    ['__proto__', Buffer.concat([genuine, Buffer.from('&__proto__=1')]), 'malformed'],
    ['constructor.prototype', Buffer.concat([genuine, Buffer.from('&constructor.prototype=1')]), 'malformed'],
    ['a charset that nobody knows', signForm(paidNotice({ charset: 'utf-7' })), 'malformed'],
    ['bytes that are no UTF-8', altered('subject=', 'subject=%ff%fe'), 'bad_signature'],
    ['a byte order mark before the first name', Buffer.concat([Buffer.from('\ufeff'), genuine]), 'malformed'],
    ['another kind of message', signForm(paidNotice({ notify_type: 'refund_sync' })), 'malformed'],
    ['an unknown status', signForm(paidNotice({ trade_status: 'TRADE_ODD' })), 'malformed'],
    ['JSON', Buffer.from('{"app_id":"2026112100000001"}'), 'malformed'],
    ['XML', Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), 'malformed'],
  ]
  test.each(mutations)('%s', async (_, body, code) => {
    expect(await refusal(body)).toBe(code)
  })

  test('no message reaches the prototype of anything', async () => {
    await verify(Buffer.from('__proto__=1&constructor=2&toString=3'))
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('a field called constructor is only a field', async () => {
    expect(await refusal(signForm(paidNotice({ constructor: 'x', hasOwnProperty: 'y' })))).toBe('accepted')
  })
})

describe('charsets', () => {
  test('GBK, as declared, is verified over its bytes', async () => {
    expect(await refusal(signForm(paidNotice({ charset: 'GBK' }), { charset: 'gbk' }))).toBe('accepted')
  })
  test('GBK that calls itself UTF-8 is malformed', async () => {
    expect(await refusal(signForm(paidNotice({ charset: 'utf-8' }), { charset: 'gbk' }))).toBe('malformed')
  })
  test('UTF-8 signed and GBK sent does not verify', async () => {
    const [sign = ''] = /(?<=sign=)[^&]*/.exec(signForm(paidNotice({ charset: 'GBK' })).toString('latin1')) ?? []
    const body = encodeForm({ ...paidNotice({ charset: 'GBK' }), sign: decodeURIComponent(sign) }, 'gbk')
    expect(await refusal(body)).toBe('bad_signature')
  })
  test('the double writes GBK as others do', () => {
    expect(encode('中文', 'gbk').toString('hex')).toBe('d6d0cec4')
  })

  test('no bytes whatever make it throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const parts = [Buffer.from('charset=gbk&sign=AAAA&subject='), bytes]
        expect(await refusal(Buffer.concat(parts))).not.toBe('accepted')
        expect(await refusal(bytes)).not.toBe('accepted')
      }),
      { numRuns: 2000 },
    )
  })
})

describe('amounts', () => {
  test.each([
    '-268.00',
    '1e3',
    '268.00 ',
    ' 268.00',
    '268.000',
    '+268.00',
    '0x10',
    '26,800.00',
    '',
    '268.',
    '.5',
    '２６８',
  ])('genuine, but %j is no amount', async (amount) => {
    expect(await refusal(signForm(paidNotice({ total_amount: amount })))).toBe('malformed')
  })

  test('yuan become fen by their digits, whatever a float would make of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 1n, max: 10_000_000_000n }), async (fen) => {
        const yuan = `${fen / 100n}.${(fen % 100n).toString().padStart(2, '0')}`
        expect(await accepted(paidNotice({ total_amount: yuan }))).toMatchObject({ payment: { amount: fen } })
      }),
      { numRuns: 300 },
    )
  })

  test('any text is either refused or exactly that many fen', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-+ ]?[0-9.eE,]{0,8}$/), (text) => {
        const fen = parseYuan(text)
        if (fen === null) return
        expect(text).toMatch(/^\d+(\.\d{1,2})?$/)
        expect(Number(fen)).toBe(Math.round(Number(text) * 100))
      }),
      { numRuns: 10_000 },
    )
  })
})
