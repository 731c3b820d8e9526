import { describe, expect, test } from 'vitest'
import { toFen } from '../../domain/money.ts'
import type { CreateRequest, RefundRequest } from '../port.ts'
import { type Received, startGateway } from '../testing/gateway-double.ts'
import { makeCertificate } from '../testing/make-certificate.ts'
import { cleanSubject, createTrade } from './create-trade.ts'
import { queryRefund, refundTrade } from './refund-calls.ts'
import {
  answerLine,
  clientFor,
  intermediate,
  MER_ID,
  NOW,
  ORDER_ID,
  QUERY_ID,
  signAnswer,
  UNIONPAY_NAME,
  type Values,
} from './testing/unionpay-double.ts'
import { queryTrade } from './trade-calls.ts'

const attempt = { outTradeNo: ORDER_ID, startedAt: NOW }
const request: CreateRequest = {
  scene: { kind: 'form', device: 'computer' },
  outTradeNo: ORDER_ID,
  amount: toFen(26800n),
  subject: '青瓷茶壶',
  startedAt: NOW,
  payBefore: new Date(NOW.getTime() + 1_800_000),
  returnUrl: 'https://shop.example/api/return/unionpay',
}
const refund: RefundRequest = {
  outTradeNo: ORDER_ID,
  startedAt: NOW,
  refundNo: `${ORDER_ID}R1`,
  requestedAt: NOW,
  providerTradeNo: QUERY_ID,
  amount: toFen(6800n),
  paidAmount: toFen(26800n),
  paidAt: NOW,
  reason: '少了一只杯子',
}
const whole = { ...refund, amount: refund.paidAmount }
const found: Values = {
  respCode: '00',
  origRespCode: '00',
  queryId: QUERY_ID,
  txnAmt: '26800',
  currencyCode: '156',
  traceTime: '1121173005',
}

/** What `call` makes of a gateway that answers by this script. */
async function against<T>(
  answer: (received: Received, turn: number) => string,
  call: (client: ReturnType<typeof clientFor>) => Promise<T>,
) {
  await using gateway = await startGateway((received, turn) => ({ body: answer(received, turn) }))
  const result = await call(clientFor({ gatewayUrl: gateway.origin }))
  return {
    result,
    asked: gateway.received.map(({ path, body }) => ({ path, ...Object.fromEntries(body) })) as Values[],
  }
}
const answers =
  (values: Values) =>
  ({ body }: Received) =>
    signAnswer(new Map(body), values)

describe('the form that opens the cashier', () => {
  test('every field as UnionPay wants it', () => {
    const created = createTrade(clientFor({ gatewayUrl: 'https://gateway.test' }), request)
    if (!created.ok || created.value.kind !== 'form') throw new Error('no form')
    expect(created.value.url).toBe('https://gateway.test/gateway/api/frontTransReq.do')
    const { signature, certId, ...fields } = Object.fromEntries(created.value.fields)
    expect(signature).toMatch(/^[A-Za-z0-9+/]{342}==$/)
    expect(certId).toBe(clientFor().certId)
    expect(fields).toEqual({
      version: '5.1.0',
      encoding: 'UTF-8',
      signMethod: '01',
      txnType: '01',
      txnSubType: '01',
      bizType: '000201',
      accessType: '0',
      merId: MER_ID,
      channelType: '07',
      orderId: ORDER_ID,
      txnTime: '20261121173000',
      payTimeout: '20261121180000',
      txnAmt: '26800',
      currencyCode: '156',
      frontUrl: 'https://shop.example/api/return/unionpay',
      backUrl: 'https://shop.example/api/notify/unionpay',
      riskRateInfo: '{commodityName=青瓷茶壶}',
    })
  })

  test('a phone says so, and the same request makes the same form', () => {
    const phone = { ...request, scene: { kind: 'form', device: 'phone' } } as const
    const made = [1, 2].map(() => createTrade(clientFor(), phone))
    expect(made[0]).toEqual(made[1])
    expect(
      made[0]?.ok && made[0].value.kind === 'form' && Object.fromEntries(made[0].value.fields)['channelType'],
    ).toBe('08')
  })

  test.each<[string, Partial<CreateRequest>]>([
    ['a number with a hyphen', { outTradeNo: 'A2026-1121-01' }],
    ['a number with an underscore', { outTradeNo: 'A2026_112101' }],
    ['a number of seven', { outTradeNo: 'A202611' }],
    ['nothing to pay', { amount: toFen(0n) }],
    ['less than nothing', { amount: toFen(-1n) }],
    ['more than twelve digits', { amount: toFen(1_000_000_000_000n) }],
    ['time over', { payBefore: NOW }],
    ['an address that is too long', { returnUrl: `https://shop.example/${'a'.repeat(256)}` }],
  ])('not sent: %s', (_name, change) => {
    expect(createTrade(clientFor(), { ...request, ...change })).toMatchObject({
      ok: false,
      error: { code: 'invalid_request' },
    })
  })

  test('other scenes are not UnionPay’s', () => {
    expect(createTrade(clientFor(), { ...request, scene: { kind: 'qr' } })).toEqual({
      ok: false,
      error: { code: 'scene_not_offered' },
    })
  })

  test('a subject that could be taken for fields', () => {
    expect(cleanSubject('Tea {a=1&b=[2]}\u0000 pot')).toBe('Tea a 1 b 2 pot')
    expect(cleanSubject(`${'a'.repeat(63)}🫖`)).toBe('a'.repeat(63))
  })
})

describe('what a query tells', () => {
  test('paid', async () => {
    const { result, asked } = await against(answers(found), (client) => queryTrade(client, attempt))
    expect(result).toEqual({
      ok: true,
      value: {
        state: 'paid',
        payment: {
          eventId: `paid:${QUERY_ID}`,
          providerTradeNo: QUERY_ID,
          amount: 26800n,
          currency: 'CNY',
          paidAt: new Date('2026-11-21T09:30:05Z'),
          refundable: true,
        },
      },
    })
    expect(asked).toMatchObject([
      {
        path: '/gateway/api/queryTrans.do',
        txnType: '00',
        txnSubType: '00',
        bizType: '000000',
        orderId: ORDER_ID,
        txnTime: '20261121173000',
      },
    ])
    expect(asked[0]).not.toHaveProperty('txnAmt')
  })

  test.each<[string, Values, object]>([
    ['A6 is a success', { ...found, origRespCode: 'A6' }, { ok: true, value: { state: 'paid' } }],
    ['01 failed', { ...found, origRespCode: '01' }, { ok: true, value: { state: 'closed', payment: null } }],
    ['64 declined', { ...found, origRespCode: '64' }, { ok: true, value: { state: 'closed', payment: null } }],
    ['34 not known', { respCode: '34' }, { ok: true, value: { state: 'not_found' } }],
    ['34 of the order itself', { ...found, origRespCode: '34' }, { ok: true, value: { state: 'not_found' } }],
    ...['02', '03', '04', '05', '06', '98', '99', 'ZZ'].map((code): [string, Values, object] => [
      `${code} is open`,
      { ...found, origRespCode: code },
      { ok: false, error: { code: 'unknown' } },
    ]),
    ...['10', '11', '12', '13', '77'].map((code): [string, Values, object] => [
      `refused with ${code}`,
      { respCode: code },
      { ok: false, error: { code: 'refused', providerCode: code } },
    ]),
    [
      'paid without an amount',
      { respCode: '00', origRespCode: '00', queryId: QUERY_ID },
      { ok: false, error: { code: 'unknown' } },
    ],
    ['an amount with a point', { ...found, txnAmt: '268.00' }, { ok: false, error: { code: 'unknown' } }],
    ['an amount with a zero before it', { ...found, txnAmt: '026800' }, { ok: false, error: { code: 'unknown' } }],
    ['no outcome', { respCode: '00' }, { ok: false, error: { code: 'unknown' } }],
    ['another currency', { ...found, currencyCode: '840' }, { ok: true, value: { payment: { currency: '840' } } }],
    ['another order', { ...found, orderId: `${ORDER_ID}9` }, { ok: false, error: { code: 'untrusted' } }],
    ['another start', { ...found, txnTime: '20261121173001' }, { ok: false, error: { code: 'untrusted' } }],
    ['another merchant', { ...found, merId: '777290058110099' }, { ok: false, error: { code: 'untrusted' } }],
    ['nothing of what it is about', { ...found, orderId: '' }, { ok: false, error: { code: 'untrusted' } }],
    [
      'a refusal about another order',
      { respCode: '34', orderId: `${ORDER_ID}9` },
      { ok: false, error: { code: 'untrusted' } },
    ],
  ])('%s', async (_name, values, expected) => {
    expect((await against(answers(values), (client) => queryTrade(client, attempt))).result).toMatchObject(expected)
  })

  const stranger = makeCertificate({ name: UNIONPAY_NAME })
  const neighbour = makeCertificate({ name: '041@1@999999999999999:SIGN@1', issuer: intermediate })
  test.each<[string, (received: Received) => string]>([
    ['no signature', ({ body }) => answerLine({ ...Object.fromEntries(body), ...found, signature: '' })],
    ['a stranger’s', ({ body }) => signAnswer(new Map(body), found, { by: stranger })],
    ['another merchant’s of the same authority', ({ body }) => signAnswer(new Map(body), found, { by: neighbour })],
    ['altered', ({ body }) => signAnswer(new Map(body), found).replace('txnAmt=26800', 'txnAmt=1')],
    ['version 5.0.0', ({ body }) => signAnswer(new Map(body), { ...found, version: '5.0.0' })],
    ['a shared secret', ({ body }) => signAnswer(new Map(body), { ...found, signMethod: '11' })],
  ])('not believed: %s', async (_name, answer) => {
    const { result, asked } = await against(answer, (client) => queryTrade(client, attempt))
    expect(result).toMatchObject({ ok: false, error: { code: 'untrusted' } })
    expect(asked).toHaveLength(1)
  })

  test.each<[string, object]>([
    ['HTML', { body: '<html>502</html>' }],
    ['nothing', { body: '' }],
    ['a field twice', { body: 'respCode=00&respCode=01' }],
    ['bytes of no charset', { body: Buffer.from([0xff, 0xfe]) }],
    ['500', { status: 500, body: 'x' }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' }],
    ['hung up', { hangUp: true, body: '' }],
    ['too long', { body: 'a'.repeat(70_000) }],
  ])('three tries, then unknown: %s', async (_name, answer) => {
    await using gateway = await startGateway(() => ({ body: '', ...answer }))
    const result = await queryTrade(clientFor({ gatewayUrl: gateway.origin }), attempt)
    expect(result).toMatchObject({ ok: false, error: { code: 'unknown' } })
    expect(gateway.received).toHaveLength(3)
  })

  test('plus signs, line ends, and & and = in brackets stay what they are', async () => {
    const values = { ...found, reserved: '{a=1&b=[2&3]}', accNo: 'a+b/c==' }
    expect((await against(answers(values), (client) => queryTrade(client, attempt))).result).toMatchObject({ ok: true })
  })
})

describe('money that goes back', () => {
  const BACK = '/gateway/api/backTransReq.do'
  const pending = { ok: true, value: { state: 'pending' } }

  test('in part: a refund, with its own number and time', async () => {
    const { result, asked } = await against(answers({ respCode: '00' }), (client) => refundTrade(client, refund))
    expect(result).toEqual(pending)
    expect(asked).toMatchObject([
      {
        path: BACK,
        txnType: '04',
        txnSubType: '00',
        bizType: '000201',
        orderId: refund.refundNo,
        txnTime: '20261121173000',
        origQryId: QUERY_ID,
        txnAmt: '6800',
        currencyCode: '156',
        channelType: '07',
        backUrl: 'https://shop.example/api/notify/unionpay',
        reqReserved: ORDER_ID,
      },
    ])
  })

  test('the whole on the same settlement day: a cancel', async () => {
    const { result, asked } = await against(answers({ respCode: '00' }), (client) => refundTrade(client, whole))
    expect(result).toEqual(pending)
    expect(asked).toMatchObject([
      { path: BACK, txnType: '31', orderId: `${refund.refundNo}C`, txnAmt: '26800', origQryId: QUERY_ID },
    ])
  })

  test('paid before 23:00 and wanted back after: a refund', async () => {
    const paidAt = new Date('2026-11-21T22:59:00+08:00')
    const requestedAt = new Date('2026-11-21T23:00:00+08:00')
    const { asked } = await against(answers({ respCode: '00' }), (client) =>
      refundTrade(client, { ...whole, paidAt, requestedAt }),
    )
    expect(asked).toMatchObject([{ txnType: '04', orderId: refund.refundNo }])
  })

  test('a cancel that is refused falls back to a refund, once it is sure that no cancel is on its way', async () => {
    const script = ({ body }: Received) =>
      signAnswer(new Map(body), { respCode: { '31': '35', '00': '34', '04': '00' }[body.get('txnType') ?? ''] ?? '' })
    const { result, asked } = await against(script, (client) => refundTrade(client, whole))
    expect(result).toEqual(pending)
    expect(asked.map(({ txnType, orderId }) => [txnType, orderId])).toEqual([
      ['31', `${refund.refundNo}C`],
      ['00', `${refund.refundNo}C`],
      ['04', refund.refundNo],
    ])
  })

  test.each([
    ['00', { ok: true, value: { state: 'done' } }],
    ['05', { ok: true, value: { state: 'pending' } }],
  ])(
    'a cancel that is refused now, and was taken before (%s), is not followed by a refund',
    async (origRespCode, expected) => {
      const script = ({ body }: Received) =>
        signAnswer(new Map(body), body.get('txnType') === '31' ? { respCode: '35' } : { ...found, origRespCode })
      const { result, asked } = await against(script, (client) => refundTrade(client, whole))
      expect(result).toMatchObject(expected)
      expect(asked).toHaveLength(2)
    },
  )

  test.each(['03', '04', '05', '06'])(
    'a cancel with an unknown outcome (%s) is not followed by a refund',
    async (respCode) => {
      const { result, asked } = await against(answers({ respCode }), (client) => refundTrade(client, whole))
      expect(result).toMatchObject({ ok: false, error: { code: 'unknown' } })
      expect(asked.every(({ txnType }) => txnType === '31')).toBe(true)
    },
  )

  test('a number that is known there: its own outcome counts', async () => {
    const script = ({ body }: Received) =>
      signAnswer(new Map(body), body.get('txnType') === '04' ? { respCode: '12' } : found)
    const { result } = await against(script, (client) => refundTrade(client, refund))
    expect(result).toEqual({ ok: true, value: { state: 'done', refundedAt: new Date('2026-11-21T09:30:05Z') } })
  })

  test.each<[string, Values, Values, object]>([
    ['the refund is there', found, { respCode: '34' }, { ok: true, value: { state: 'done' } }],
    ['the refund is on its way', { ...found, origRespCode: '05' }, { respCode: '34' }, pending],
    [
      'the refund failed',
      { ...found, origRespCode: '01' },
      { respCode: '34' },
      { ok: true, value: { state: 'failed', providerCode: '01' } },
    ],
    ['nothing of either', { respCode: '34' }, { respCode: '34' }, { ok: true, value: { state: 'not_found' } }],
    ['the cancel is there', { respCode: '34' }, found, { ok: true, value: { state: 'done' } }],
    [
      'the cancel failed',
      { respCode: '34' },
      { ...found, origRespCode: '01' },
      { ok: true, value: { state: 'not_found' } },
    ],
    ['no answer', { respCode: '06' }, found, { ok: false, error: { code: 'unknown' } }],
  ])('queried: %s', async (_name, refunded, cancelled, expected) => {
    const script = ({ body }: Received) =>
      signAnswer(new Map(body), body.get('orderId')?.endsWith('C') ? cancelled : refunded)
    expect((await against(script, (client) => queryRefund(client, refund))).result).toMatchObject(expected)
  })

  test.each([
    ['a number with a hyphen', { refundNo: 'R-2026112101' }],
    ['nothing', { amount: toFen(0n) }],
    ['more than was paid', { amount: toFen(26801n) }],
  ])('not sent: %s', async (_name, change) => {
    expect(await refundTrade(clientFor(), { ...refund, ...change })).toMatchObject({
      ok: false,
      error: { code: 'invalid_request' },
    })
  })
})
