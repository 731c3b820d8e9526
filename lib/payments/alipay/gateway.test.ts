import { describe, expect, test } from 'vitest'
import { toFen } from '../../domain/money.ts'
import type { CreateRequest } from '../port.ts'
import { type Received, startGateway } from '../testing/gateway-double.ts'
import { createTrade } from './create-trade.ts'
import { encryptContent } from './encryption.ts'
import { queryRefund, refundTrade } from './refund-calls.ts'
import { clientFor, encode, NOW, signAnswer, strangerPair } from './testing/alipay-double.ts'
import { cancelTrade, closeTrade, queryTrade } from './trade-calls.ts'

const attempt = { outTradeNo: 'A20261121K7M2Q9ZT', startedAt: NOW }
const refund = { ...attempt, refundNo: 'R20261121AAAA', requestedAt: NOW }
const refundRequest = {
  ...refund,
  providerTradeNo: '2026112122001499990500000001',
  amount: toFen(6800n),
  paidAmount: toFen(26800n),
  paidAt: NOW,
  reason: '少了一只杯子',
}
const qrRequest: CreateRequest = {
  scene: { kind: 'qr' },
  outTradeNo: attempt.outTradeNo,
  amount: toFen(26800n),
  subject: '青瓷茶壶',
  startedAt: NOW,
  payBefore: new Date(NOW.getTime() + 1_800_000),
  returnUrl: 'https://shop.example/zh/return',
}

const QUERY = 'alipay_trade_query_response'
const paidTrade = {
  code: '10000',
  msg: 'Success',
  trade_no: '2026112122001499990500000001',
  out_trade_no: attempt.outTradeNo,
  trade_status: 'TRADE_SUCCESS',
  total_amount: '268.00',
  send_pay_date: '2026-11-21 17:29:55',
}
const failure = (subCode: string, code = '40004') =>
  JSON.stringify({ code, msg: 'Business Failed', sub_code: subCode, sub_msg: '原因' })

/** Runs `act` against a gateway that answers each call with the next of `answers`, the last one again and again. */
async function against<T>(
  answers: (string | { status?: number; body: string | Uint8Array; hangUp?: boolean })[],
  act: (client: ReturnType<typeof clientFor>) => Promise<T>,
  overrides: Parameters<typeof clientFor>[0] = {},
): Promise<{ result: T; received: Received[] }> {
  await using gateway = await startGateway((_, turn) => {
    const answer = answers[Math.min(turn, answers.length) - 1] ?? ''
    return typeof answer === 'string' ? { body: answer } : answer
  })
  const result = await act(clientFor({ gatewayUrl: gateway.url, ...overrides }))
  return { result, received: gateway.received }
}
const queried = async (...answers: Parameters<typeof against>[0]) =>
  (await against(answers, (client) => queryTrade(client, attempt))).result

describe('query', () => {
  test.each([
    [
      {},
      { state: 'paid', payment: { amount: 26800n, refundable: true, eventId: 'paid:2026112122001499990500000001' } },
    ],
    [{ trade_status: 'TRADE_FINISHED' }, { state: 'paid', payment: { refundable: false } }],
    [{ trade_status: 'WAIT_BUYER_PAY', send_pay_date: undefined }, { state: 'unpaid' }],
    [
      { trade_status: 'TRADE_CLOSED', send_pay_date: undefined },
      { state: 'closed', payment: null },
    ],
    [{ trade_status: 'TRADE_CLOSED' }, { state: 'closed', payment: { amount: 26800n } }],
  ])('%j', async (change, trade) => {
    const answer = signAnswer(QUERY, JSON.stringify({ ...paidTrade, ...change }))
    expect(await queried(answer)).toMatchObject({ ok: true, value: trade })
  })

  test('a trade that does not exist yet is not found, which is not failed', async () => {
    expect(await queried(signAnswer(QUERY, failure('ACQ.TRADE_NOT_EXIST')))).toEqual({
      ok: true,
      value: { state: 'not_found' },
    })
  })

  test('a genuine answer about another trade is not believed', async () => {
    const answer = signAnswer(QUERY, JSON.stringify({ ...paidTrade, out_trade_no: 'B20261121K7M2Q9ZT' }))
    expect(await queried(answer)).toMatchObject({ ok: false, error: { code: 'untrusted' } })
  })

  test('a genuine answer to another method is not believed', async () => {
    const answer = signAnswer('alipay_trade_pay_response', JSON.stringify(paidTrade))
    expect(await queried(answer)).toMatchObject({ ok: false, error: { code: 'unknown' } })
  })
})

describe('answers that change nothing', () => {
  const genuine = signAnswer(QUERY, JSON.stringify(paidTrade))
  test.each([
    ['HTML', '<html><h1>502 Bad Gateway</h1></html>', 'unknown'],
    ['an empty body', '', 'unknown'],
    ['half an answer', genuine.slice(0, 100), 'unknown'],
    ['HTTP 500', { status: 500, body: genuine }, 'unknown'],
    ['HTTP 302', { status: 302, body: genuine }, 'unknown'],
    ['a cut line', { body: '', hangUp: true }, 'unknown'],
    ['20000', signAnswer(QUERY, failure('isp.unknow-error', '20000')), 'unknown'],
    ['a business “system error”', signAnswer(QUERY, failure('ACQ.SYSTEM_ERROR')), 'unknown'],
    ['success in a shape that is not documented', signAnswer(QUERY, '{"code":"10000","msg":"Success"}'), 'unknown'],
    ['success without signature', genuine.replace(/,"sign":"[^"]*"/, ''), 'untrusted'],
    ['success with an empty signature', genuine.replace(/"sign":"[^"]*"/, '"sign":""'), 'untrusted'],
    [
      'success signed by a stranger',
      signAnswer(QUERY, JSON.stringify(paidTrade), { key: strangerPair.privateKey }),
      'untrusted',
    ],
    ['an amount changed', genuine.replace('268.00', '2.68'), 'untrusted'],
    ['the same JSON printed anew', genuine.replace('"msg":"Success"', '"msg": "Success"'), 'untrusted'],
    ['a doubled root', genuine.replace('{"alipay', `{"${QUERY}":{"code":"10000"},"alipay`), 'unknown'],
    ['an unsigned “does not exist”', `{"${QUERY}":${failure('ACQ.TRADE_NOT_EXIST')}}`, 'untrusted'],
    ['an unsigned gateway error', `{"error_response":${failure('isv.invalid-signature', '40002')}}`, 'untrusted'],
    [
      'an error in GBK',
      { body: encode(`{"error_response":${failure('isv.missing-method', '40001')}}`, 'gbk') },
      'untrusted',
    ],
    ['too often', signAnswer(QUERY, failure('isv.call-limited', '40005')), 'rate_limited'],
    ['a signed refusal', signAnswer(QUERY, failure('isv.insufficient-isv-permissions', '40006')), 'refused'],
  ])('%s', async (_, answer, code) => {
    expect(await queried(answer)).toMatchObject({ ok: false, error: { code } })
  })

  test('what an untrusted answer claims is kept for people to read', async () => {
    const { error } = (await queried({
      body: encode(`{"error_response":${failure('isv.x', '40001')}}`, 'gbk'),
    })) as never
    expect(error).toEqual({ code: 'untrusted', claim: '40001 isv.x 原因' })
  })
})

describe('time-outs and repeats', () => {
  const genuine = signAnswer(QUERY, JSON.stringify(paidTrade))

  test('a gateway that is not there is unknown', async () => {
    expect(await queryTrade(clientFor(), attempt)).toMatchObject({ ok: false, error: { code: 'unknown' } })
  })

  test('a gateway that does not answer is given up within the budget', async () => {
    await using gateway = await startGateway(() => new Promise<never>(() => {}))
    const client = clientFor({ gatewayUrl: gateway.url, budgetMs: 300 })
    const start = performance.now()
    expect(await queryTrade(client, attempt)).toEqual({
      ok: false,
      error: { code: 'unknown', reason: 'the gateway did not answer in time' },
    })
    expect(performance.now() - start).toBeLessThan(1000)
  })

  test('what is unknown is asked again with the same numbers', async () => {
    const answers = [{ status: 502, body: '' }, signAnswer(QUERY, failure('aop.unknow-error', '20000')), genuine]
    const { result, received } = await against(answers, (client) => queryTrade(client, attempt))
    expect(result).toMatchObject({ ok: true, value: { state: 'paid' } })
    expect(new Set(received.map(({ all }) => all.get('biz_content')))).toEqual(
      new Set([`{"out_trade_no":"${attempt.outTradeNo}"}`]),
    )
    expect(received).toHaveLength(3)
  })

  test('what is untrusted or refused is not asked again', async () => {
    const { received } = await against([genuine.replace('268.00', '1.00')], (client) => queryTrade(client, attempt))
    expect(received).toHaveLength(1)
  })

  test('a refund that is repeated keeps its number', async () => {
    const done = signAnswer(
      'alipay_trade_refund_response',
      JSON.stringify({ ...paidTrade, fund_change: 'N', refund_fee: '68.00' }),
    )
    const answers = [{ body: '', hangUp: true }, done]
    const { result, received } = await against(answers, (client) => refundTrade(client, refundRequest))
    expect(result).toEqual({ ok: true, value: { state: 'pending' } })
    const numbers = received.map(({ all }) => JSON.parse(all.get('biz_content') ?? '{}').out_request_no)
    expect(numbers).toEqual([refund.refundNo, refund.refundNo])
  })
})

describe('precreate', () => {
  const root = 'alipay_trade_precreate_response'
  const made = `{"code":"10000","msg":"Success","out_trade_no":"${attempt.outTradeNo}","qr_code":"https:\\/\\/qr.alipay.com\\/bax01"}`
  const created = async (answer: string) => (await against([answer], (client) => createTrade(client, qrRequest))).result

  test('gives the text of the code, with its end', async () => {
    expect(await created(signAnswer(root, made))).toEqual({
      ok: true,
      value: { kind: 'qr', text: 'https://qr.alipay.com/bax01', expiresAt: qrRequest.payBefore },
    })
  })
  test.each([
    ['ACQ.TRADE_HAS_SUCCESS', 'already_paid'],
    ['ACQ.TRADE_HAS_CLOSE', 'already_closed'],
    ['ACQ.CONTEXT_INCONSISTENT', 'number_taken'],
    ['ACQ.TOTAL_FEE_EXCEED', 'refused'],
  ])('%s', async (subCode, code) => {
    expect(await created(signAnswer(root, failure(subCode)))).toMatchObject({ ok: false, error: { code } })
  })
})

describe('close and cancel', () => {
  const close = async (content: string) =>
    (await against([signAnswer('alipay_trade_close_response', content)], (client) => closeTrade(client, attempt)))
      .result
  test.each([
    [JSON.stringify({ ...paidTrade, trade_status: undefined }), 'closed'],
    [failure('ACQ.TRADE_NOT_EXIST'), 'not_found'],
    [failure('ACQ.TRADE_STATUS_ERROR'), 'not_open'],
    [failure('ACQ.REASON_TRADE_STATUS_INVALID'), 'not_open'],
    [failure('ACQ.REASON_ILLEGAL_STATUS'), 'not_open'],
  ])('close: %s', async (content, value) => {
    expect(await close(content)).toEqual({ ok: true, value })
  })

  const cancel = async (content: string) =>
    (await against([signAnswer('alipay_trade_cancel_response', content)], (client) => cancelTrade(client, attempt)))
      .result
  test.each([
    [{ retry_flag: 'N', action: 'close' }, 'closed'],
    [{ retry_flag: 'N', action: 'refund' }, 'refunded'],
    [{ retry_flag: 'N' }, 'nothing_to_do'],
    [{ retry_flag: 'Y' }, 'again'],
  ])('cancel: %j', async (fields, value) => {
    expect(await cancel(JSON.stringify({ code: '10000', msg: 'Success', ...fields }))).toEqual({ ok: true, value })
  })
  test('cancel: the misspelt system error is unknown', async () => {
    expect(await cancel(failure('AQC.SYSTEM_ERROR'))).toMatchObject({ ok: false, error: { code: 'unknown' } })
  })
})

describe('refund', () => {
  const send = async (content: string) =>
    (
      await against([signAnswer('alipay_trade_refund_response', content)], (client) =>
        refundTrade(client, refundRequest),
      )
    ).result
  const answer = (fields: object) => JSON.stringify({ ...paidTrade, refund_fee: '168.00', ...fields })

  test('fund_change=Y moved money', async () => {
    expect(await send(answer({ fund_change: 'Y', gmt_refund_pay: '2026-11-21 18:00:00' }))).toEqual({
      ok: true,
      value: { state: 'done', refundedAt: new Date('2026-11-21T10:00:00Z') },
    })
  })
  test.each([[{ fund_change: 'N' }], [{}]])('10000 with %j is not proof', async (fields) => {
    expect(await send(answer(fields))).toEqual({ ok: true, value: { state: 'pending' } })
  })
  test.each(['ACQ.SELLER_BALANCE_NOT_ENOUGH', 'ACQ.DISCORDANT_REPEAT_REQUEST', 'ACQ.TRADE_HAS_FINISHED'])(
    '%s is refused by its name',
    async (providerCode) => {
      expect(await send(failure(providerCode))).toMatchObject({ ok: false, error: { code: 'refused', providerCode } })
    },
  )

  const query = async (fields: object) =>
    (
      await against(
        [
          signAnswer(
            'alipay_trade_fastpay_refund_query_response',
            JSON.stringify({ code: '10000', msg: '', ...fields }),
          ),
        ],
        (client) => queryRefund(client, refund),
      )
    ).result
  const found = { out_trade_no: attempt.outTradeNo, out_request_no: refund.refundNo, refund_status: 'REFUND_SUCCESS' }

  test('a refund that is found is done', async () => {
    expect(await query(found)).toMatchObject({ ok: true, value: { state: 'done' } })
  })
  test('an answer without a status says that nothing was refunded', async () => {
    expect(await query({})).toEqual({ ok: true, value: { state: 'not_found' } })
  })
  test('the status of another refund is not ours', async () => {
    expect(await query({ ...found, out_request_no: 'R20261121BBBB' })).toMatchObject({ error: { code: 'untrusted' } })
  })
})

describe('content encryption', () => {
  const encryptKey = Buffer.from('aa4BtZ4tspm2wnXLb1ThQA==', 'base64')

  test('goes out encrypted and signed, comes back signed and encrypted', async () => {
    const content = `"${encryptContent(JSON.stringify(paidTrade), encryptKey)}"`
    const answer = signAnswer(QUERY, content).replace('":"', '"  :  "')
    const { result, received } = await against([answer], (client) => queryTrade(client, attempt), { encryptKey })
    expect(result).toMatchObject({ ok: true, value: { state: 'paid' } })
    expect(received[0]?.all.get('encrypt_type')).toBe('AES')
    expect(received[0]?.all.get('biz_content')).toBe(
      encryptContent(`{"out_trade_no":"${attempt.outTradeNo}"}`, encryptKey),
    )
  })

  test('signed, but encrypted with another key: unknown, no crash', async () => {
    const content = `"${encryptContent(JSON.stringify(paidTrade), Buffer.alloc(16))}"`
    const { result } = await against([signAnswer(QUERY, content)], (client) => queryTrade(client, attempt), {
      encryptKey,
    })
    expect(result).toMatchObject({ ok: false, error: { code: 'unknown' } })
  })
})
