import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeCertificate } from '../testing/make-certificate.ts'
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
  QUERY_ID,
  signForm,
  signValues,
  UNIONPAY_NAME,
  unionpay,
  type Values,
} from './testing/unionpay-double.ts'

const client = clientFor()
const read = (body: Uint8Array | string, now = NOW) =>
  verifyNotification(client, { headers: new Headers(), body: Buffer.from(body) }, now)
const notified = (values: Values) => {
  const told = read(signForm(values))
  if (!told.ok) throw new Error(told.error.reason)
  return told.value
}
const refusal = (body: Uint8Array | string) => {
  const told = read(body)
  return told.ok ? 'believed' : `${told.error.code}: ${told.error.reason}`
}

describe('what a notification tells', () => {
  test('a payment, with the start that names it', () => {
    expect(notified(paidNotice())).toEqual({
      provider: 'unionpay',
      messageId: `01:${QUERY_ID}:00`,
      eventId: `paid:${QUERY_ID}`,
      outTradeNo: ORDER_ID,
      startedAt: NOW,
      providerTradeNo: QUERY_ID,
      kind: 'paid',
      payment: {
        eventId: `paid:${QUERY_ID}`,
        providerTradeNo: QUERY_ID,
        amount: 26800n,
        currency: 'CNY',
        paidAt: new Date('2026-11-21T09:30:05Z'),
        refundable: true,
      },
    })
  })

  test('a success with a flaw is a payment, a failure has to be asked about', () => {
    expect(notified(paidNotice({ respCode: 'A6' }))).toMatchObject({ kind: 'paid' })
    expect(notified(paidNotice({ respCode: '01' }))).toMatchObject({ kind: 'closed', outTradeNo: ORDER_ID })
  })

  test('the amount that was asked for counts, not what was settled after a discount', () => {
    expect(notified(paidNotice({ settleAmt: '26000' }))).toMatchObject({ payment: { amount: 26800n } })
  })

  test('another currency is told as it is', () => {
    expect(notified(paidNotice({ currencyCode: '840' }))).toMatchObject({ payment: { currency: '840' } })
  })

  test('04 is a refund and 31 a cancel, and both are told by our number', () => {
    const back = { orderId: `${ORDER_ID}R1`, queryId: '782611211830000740299', reqReserved: ORDER_ID }
    expect(notified(paidNotice({ ...back, txnType: '04', txnAmt: '6800' }))).toMatchObject({
      kind: 'refunded',
      outTradeNo: ORDER_ID,
      refundNo: `${ORDER_ID}R1`,
      amount: 6800n,
      complete: false,
    })
    expect(notified(paidNotice({ ...back, txnType: '31', orderId: `${ORDER_ID}R1C` }))).toMatchObject({
      kind: 'refunded',
      refundNo: `${ORDER_ID}R1`,
      amount: 26800n,
      complete: true,
    })
    expect(notified(paidNotice({ ...back, txnType: '04', respCode: '01' }))).toMatchObject({
      kind: 'refund_failed',
      refundNo: `${ORDER_ID}R1`,
      providerCode: '01',
    })
    // What follows a cancel that failed is a refund with the same number; what is under way is told again.
    expect(notified(paidNotice({ ...back, txnType: '31', respCode: '01' }))).toMatchObject({ kind: 'nothing' })
    expect(notified(paidNotice({ ...back, txnType: '04', respCode: '05' }))).toMatchObject({ kind: 'nothing' })
  })

  test('fields that are new are signed and kept', () => {
    expect(notified(paidNotice({ newField2027: '新字段 a+b=50%', payCardType: '01' }))).toMatchObject({ kind: 'paid' })
  })

  test('at the turn of the year', () => {
    const values = paidNotice({ txnTime: '20261231235930', traceTime: '0101000010' })
    expect(notified(values)).toMatchObject({ payment: { paidAt: new Date('2027-01-01T00:00:10+08:00') } })
  })
})

describe('how it travels', () => {
  const values = paidNotice({ reqReserved: 'a+b c/d=%25', respMsg: '成功 [0000000]', reserved: '{a=1&b={c=2}}' })
  const signed = signValues(values)
  const percent = Object.entries(signed).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)

  test.each<[string, Uint8Array | string]>([
    ['as browsers encode it, a blank as +', encodeForm(signed)],
    ['percent-encoded throughout, a blank as %20', percent.join('&')],
    ['percent-encoded, but + left as it is', percent.join('&').replaceAll('%2B', '+')],
    ['in small letters', percent.join('&').replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ['its fields in another order', percent.toReversed().join('&')],
    ['empty fields among them', `reqReserved2=&${percent.join('&')}&x=`],
  ])('%s', (_name, body) => {
    expect(refusal(body)).toBe('believed')
  })

  test('not encoded at all, + and line ends as they are', () => {
    expect(refusal(answerLine(signValues(paidNotice({ reqReserved: 'a+b c' }))))).toBe('believed')
  })

  test.each(['\r\n', '\n', '\r'])('a certificate with line ends %j is signed as it stands', (lineEnd) => {
    const body = signForm(paidNotice(), { lineEnd })
    expect(refusal(body)).toBe('believed')
    const other = lineEnd === '\n' ? '%0D%0A' : '%0A'
    expect(refusal(body.toString().replaceAll(encodeURIComponent(lineEnd), other))).toContain('bad_signature')
  })

  test('whatever a value holds, it arrives as it was signed or not at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('encoded', 'percent'), (text, how) => {
        const clean = text.toWellFormed()
        const all = signValues(paidNotice({ reqReserved: clean }))
        const body =
          how === 'encoded'
            ? encodeForm(all)
            : Object.entries(all)
                .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
                .join('&')
        // A value that could be read as a field is refused; every other one is believed.
        expect(refusal(body)).toMatch(/[&{}[\]]/.test(clean) ? /^(believed|malformed: a value could)/ : /^believed$/)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what is refused, and why', () => {
  const genuine = signForm(paidNotice()).toString()
  const leaf = (changes: Partial<Parameters<typeof makeCertificate>[0]>) =>
    makeCertificate({ name: UNIONPAY_NAME, issuer: intermediate, ...changes })
  const selfSigned = makeCertificate({ name: UNIONPAY_NAME })
  const cases: [name: string, body: Uint8Array | string, reason: string][] = [
    ['an empty body', '', 'bad_signature: version undefined'],
    [
      'a self-signed certificate with the right name',
      signForm(paidNotice(), { by: selfSigned }),
      'bad_signature: the certificate is not believed: no chain',
    ],
    [
      'the right authority with the wrong name',
      signForm(paidNotice(), { by: merchant }),
      'bad_signature: the certificate is not believed: it is made out to',
    ],
    [
      'an expired certificate',
      signForm(paidNotice(), { by: leaf({ to: '2026-11-20' }) }),
      'bad_signature: the certificate is not believed: a certificate of the chain is expired',
    ],
    ['one that is not valid yet', signForm(paidNotice(), { by: leaf({ from: '2026-11-23' }) }), 'not yet valid'],
    [
      'swapped with another of UnionPay’s',
      encodeForm({ ...signValues(paidNotice()), signPubKeyCert: leaf({}).pem.trim().replaceAll('\n', '\r\n') }),
      'bad_signature: the signature does not hold',
    ],
    [
      'UnionPay’s, with a stranger’s signature',
      signForm(paidNotice(), { key: selfSigned.privateKey, certificate: unionpay.pem }),
      'bad_signature: the signature does not hold',
    ],
    ['no certificate', signForm(paidNotice(), { certificate: '' }), 'it is no certificate'],
    ['no signature', encodeForm({ ...signValues(paidNotice()), signature: '' }), 'bad_signature: there is none'],
    [
      'version 5.0.0',
      signForm(paidNotice({ version: '5.0.0' })),
      'bad_signature: version 5.0.0, method 01 is not taken',
    ],
    ['method 11', signForm(paidNotice({ signMethod: '11' })), 'method 11 is not taken'],
    ['method 12', signForm(paidNotice({ signMethod: '12' })), 'method 12 is not taken'],
    ['a field twice', `${genuine}&txnAmt=1`, 'malformed: the field txnAmt comes twice'],
    ['a field twice, the same', `${genuine}&txnAmt=26800`, 'malformed: the field txnAmt comes twice'],
    ['a field added', `${genuine}&_config=default`, 'malformed: a field has a strange name'],
    ['another field added', `${genuine}&config=default`, 'bad_signature: the signature does not hold'],
    ['a field taken away', genuine.replace(/&settleAmt=\d+/, ''), 'bad_signature'],
    ['an altered amount', genuine.replace('txnAmt=26800', 'txnAmt=26801'), 'bad_signature'],
    ['__proto__', `${genuine}&__proto__=x`, 'malformed: a field has a strange name'],
    [
      'another merchant',
      signForm(paidNotice({ merId: '777290058110099' })),
      'other_merchant: meant for merchant 777290058110099',
    ],
    [
      'an amount with a point',
      signForm(paidNotice({ txnAmt: '268.00' })),
      'malformed: genuine, but not as documented: txnAmt',
    ],
    ['an amount with a zero before it', signForm(paidNotice({ txnAmt: '026800' })), 'txnAmt'],
    ['an amount with a sign', signForm(paidNotice({ txnAmt: '-26800' })), 'txnAmt'],
    ['no start', signForm(paidNotice({ txnTime: '' })), 'txnTime'],
    ['another kind of transaction', signForm(paidNotice({ txnType: '02' })), 'txnType'],
    ['bytes of no charset', `${genuine}&x=%ff%fe`, 'malformed: the field x is not in UTF-8'],
    ['64 KiB and a byte', 'a'.repeat(65_537), 'too_large'],
    ['cut off', genuine.slice(0, -40), 'bad_signature'],
  ]
  test.each(cases)('%s', (_name, body, reason) => {
    expect(refusal(body)).toContain(reason)
  })

  test('a genuine text cut up into other fields: the signature holds, and yet', () => {
    const values = signValues(paidNotice({ reqReserved: '{a=1&reqReserved2=2}' }))
    expect(refusal(encodeForm(values))).toBe('believed')
    expect(refusal(encodeForm({ ...values, reqReserved: '{a=1', reqReserved2: '2}' }))).toBe(
      'malformed: a value could be read as another field',
    )
    const other = signValues(paidNotice({ reqReserved: '1&reqReserved2=2' }))
    expect(refusal(encodeForm(other))).toBe('malformed: a value could be read as another field')
    // Not encoded, the `&` in the brackets ends a field for every reader of forms.
    expect(refusal(answerLine(values))).toBe('malformed: a value could be read as another field')
  })
})

describe('what the browser carries back', () => {
  const back = (body: Uint8Array | string) => verifyReturn(client, { search: '', body: Buffer.from(body) }, NOW)

  test('names the order and tells nothing else', () => {
    expect(back(signForm(paidNotice()))).toEqual({
      ok: true,
      value: { outTradeNo: ORDER_ID, providerTradeNo: QUERY_ID },
    })
  })
  test('is checked like a notification', () => {
    expect(back(signForm(paidNotice(), { by: merchant })).ok).toBe(false)
    expect(back(signForm(paidNotice({ txnType: '04' }))).ok).toBe(false)
    expect(back('').ok).toBe(false)
  })
})
