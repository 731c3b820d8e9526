import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestMerchant, type TestMerchant } from '../testing/test-merchant.ts'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'

let sandbox: TestSandbox
let merchant: TestMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openTestMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const T = { out_trade_no: 'T1' }
const DAY = 86_400_000
const refund = (yuan: string, number = 'R1') =>
  merchant.call('alipay.trade.refund', { ...T, refund_amount: yuan, out_request_no: number })
const open = async () => (await sandbox.request('GET', (await merchant.visit(T)).headers['location'] ?? '')).status

/** How a trade comes into each state that it can be in. */
const REACH = {
  nothing: async () => {},
  signed: async () => void (await merchant.visit(T)),
  unpaid: async () => void (await open()),
  paid: () => merchant.pay('T1'),
  'partly refunded': async () => {
    await merchant.pay('T1')
    await refund('30.00')
  },
  refunded: async () => {
    await merchant.pay('T1')
    await refund('100.00')
  },
  closed: async () => {
    await open()
    await merchant.call('alipay.trade.close', T)
  },
  finished: async () => {
    await merchant.pay('T1')
    await sandbox.request('POST', '/api/alipay/trades/T1/finish')
  },
} as const

const CALLS = {
  query: async () => {
    const said = await merchant.call('alipay.trade.query', T)
    return said['trade_status'] ?? said['sub_code']
  },
  close: async () => {
    const said = await merchant.call('alipay.trade.close', T)
    return said['sub_code'] ?? 'closed'
  },
  cancel: async () => {
    const said = await merchant.call('alipay.trade.cancel', T)
    return said['sub_code'] ?? said['action'] ?? 'nothing'
  },
  refund: async () => {
    const said = await refund('70.00', 'R2')
    return said['sub_code'] ?? said['refund_fee']
  },
  pay: async () => {
    const { headers } = await merchant.visit(T)
    if (!headers['location']) return 'page refused'
    const paid = await sandbox.request('POST', `${headers['location']}/pay`)
    return paid.headers['location']?.startsWith('https://shop.example') ? 'paid' : 'not paid'
  },
} as const

describe('what each call does in each state', () => {
  const table: [state: keyof typeof REACH, call: keyof typeof CALLS, outcome: string][] = [
    ['nothing', 'query', 'ACQ.TRADE_NOT_EXIST'],
    ['nothing', 'close', 'ACQ.TRADE_NOT_EXIST'],
    ['nothing', 'cancel', 'nothing'],
    ['nothing', 'refund', 'ACQ.TRADE_NOT_EXIST'],
    ['nothing', 'pay', 'paid'],
    ['signed', 'query', 'ACQ.TRADE_NOT_EXIST'],
    ['signed', 'close', 'ACQ.TRADE_NOT_EXIST'],
    ['signed', 'pay', 'paid'],
    ['unpaid', 'query', 'WAIT_BUYER_PAY'],
    ['unpaid', 'close', 'closed'],
    ['unpaid', 'cancel', 'close'],
    ['unpaid', 'refund', 'ACQ.TRADE_STATUS_ERROR'],
    ['unpaid', 'pay', 'paid'],
    ['paid', 'query', 'TRADE_SUCCESS'],
    ['paid', 'close', 'ACQ.TRADE_STATUS_ERROR'],
    ['paid', 'cancel', 'refund'],
    ['paid', 'refund', '70.00'],
    ['paid', 'pay', 'page refused'],
    ['partly refunded', 'query', 'TRADE_SUCCESS'],
    ['partly refunded', 'close', 'ACQ.TRADE_STATUS_ERROR'],
    ['partly refunded', 'cancel', 'refund'],
    ['partly refunded', 'refund', '100.00'],
    ['partly refunded', 'pay', 'page refused'],
    ['refunded', 'query', 'TRADE_CLOSED'],
    ['refunded', 'close', 'ACQ.TRADE_STATUS_ERROR'],
    ['refunded', 'cancel', 'nothing'],
    ['refunded', 'refund', 'ACQ.TRADE_HAS_CLOSE'],
    ['refunded', 'pay', 'page refused'],
    ['closed', 'query', 'TRADE_CLOSED'],
    ['closed', 'close', 'ACQ.TRADE_STATUS_ERROR'],
    ['closed', 'cancel', 'nothing'],
    ['closed', 'refund', 'ACQ.TRADE_HAS_CLOSE'],
    ['closed', 'pay', 'page refused'],
    ['finished', 'query', 'TRADE_FINISHED'],
    ['finished', 'close', 'ACQ.TRADE_STATUS_ERROR'],
    ['finished', 'cancel', 'ACQ.TRADE_HAS_FINISHED'],
    ['finished', 'refund', 'ACQ.TRADE_HAS_FINISHED'],
    ['finished', 'pay', 'page refused'],
  ]
  test.each(table)('%s + %s → %s', async (state, call, outcome) => {
    await REACH[state]()
    expect(await CALLS[call]()).toBe(outcome)
  })
})

describe('refunds', () => {
  test('tell the sum of all of them, and a repeated number moves nothing', async () => {
    await merchant.pay('T1')
    expect(await refund('30.00', 'A')).toMatchObject({ fund_change: 'Y', refund_fee: '30.00' })
    expect(await refund('20.00', 'B')).toMatchObject({ fund_change: 'Y', refund_fee: '50.00' })
    expect(await refund('30.00', 'A')).toMatchObject({ code: '10000', fund_change: 'N', refund_fee: '50.00' })
    expect(await refund('31.00', 'A')).toMatchObject({ sub_code: 'ACQ.DISCORDANT_REPEAT_REQUEST' })
    expect(await refund('50.01', 'C')).toMatchObject({ sub_code: 'ACQ.REASON_TRADE_REFUND_FEE_ERR' })
    expect(await refund('50.00', 'C')).toMatchObject({ fund_change: 'Y', refund_fee: '100.00' })
    expect(await refund('20.00', 'B')).toMatchObject({ code: '10000', fund_change: 'N', refund_fee: '100.00' })
  })

  test('without a number, the second is taken for the first', async () => {
    await merchant.pay('T1')
    const plain = (yuan: string) => merchant.call('alipay.trade.refund', { ...T, refund_amount: yuan })
    expect(await plain('30.00')).toMatchObject({ fund_change: 'Y' })
    expect(await plain('30.00')).toMatchObject({ fund_change: 'N', refund_fee: '30.00' })
    expect(await plain('40.00')).toMatchObject({ sub_code: 'ACQ.DISCORDANT_REPEAT_REQUEST' })
  })

  test('one that never happened is a success without a status', async () => {
    await merchant.pay('T1')
    const ask = (number: string) => merchant.call('alipay.trade.fastpay.refund.query', { ...T, out_request_no: number })
    expect(await ask('A')).toEqual({ code: '10000', msg: 'Success' })
    await refund('30.00', 'A')
    expect(await ask('A')).toMatchObject({
      refund_status: 'REFUND_SUCCESS',
      refund_amount: '30.00',
      total_amount: '100.00',
    })
  })

  test.each(['0.00', '-1.00', '1e1', '1.001', '1.10 ', ' 1', '01.00', '1,00', '100000000.01'])(
    'of %j yuan are refused',
    async (yuan) => {
      await merchant.pay('T1')
      expect(await refund(yuan)).toMatchObject({
        sub_code: 'ACQ.INVALID_PARAMETER',
        sub_msg: '参数无效：refund_amount',
      })
    },
  )

  test('are refused while the seller has not the money, and done when it has', async () => {
    await merchant.pay('T1')
    await sandbox.request('POST', '/api/alipay/balances', JSON.stringify({ account: 'seller', yuan: '10.00' }))
    expect(await refund('50.00')).toMatchObject({ sub_code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH' })
    await sandbox.request('POST', '/api/alipay/balances', JSON.stringify({ account: 'seller', yuan: '60.00' }))
    expect(await refund('50.00')).toMatchObject({ fund_change: 'Y' })
  })

  test('end with the refund window: the trade is finished by itself', async () => {
    await merchant.pay('T1')
    await sandbox.pass(365 * DAY)
    expect(await refund('1.00')).toMatchObject({ sub_code: 'ACQ.TRADE_HAS_FINISHED' })
    expect(sandbox.sent.at(-1)?.body).toContain('TRADE_FINISHED')
  })
})

describe('time limits', () => {
  test('an unpaid trade closes at its limit, counted from the cashier, and the page then refuses', async () => {
    const { headers } = await merchant.visit({ ...T, timeout_express: '30m' })
    await sandbox.pass(10 * 60_000)
    await sandbox.request('GET', headers['location'] ?? '')
    await sandbox.pass(30 * 60_000 - 1)
    expect(await CALLS.query()).toBe('WAIT_BUYER_PAY')
    await sandbox.pass(1)
    expect(await CALLS.query()).toBe('TRADE_CLOSED')
    expect((await sandbox.request('POST', `${headers['location']}/pay`)).headers['location']).toContain('not_payable')
    expect(sandbox.sent.map(({ body }) => new URLSearchParams(body).get('trade_status'))).toEqual(['TRADE_CLOSED'])
  })

  test('the absolute limit wins over the relative one, and one that is past is refused', async () => {
    await merchant
      .visit({ ...T, timeout_express: '1m', time_expire: '2026-11-20 13:00:00' })
      .then(({ headers }) => sandbox.request('GET', headers['location'] ?? ''))
    await sandbox.pass(59 * 60_000)
    expect(await CALLS.query()).toBe('WAIT_BUYER_PAY')
    const late = await merchant.visit({ out_trade_no: 'T2', time_expire: '2026-11-20 12:00:00' })
    expect(late.body).toContain('ACQ.INVALID_PARAMETER')
  })

  test('1c is the end of the day in Shanghai', async () => {
    await merchant
      .visit({ ...T, timeout_express: '1c' })
      .then(({ headers }) => sandbox.request('GET', headers['location'] ?? ''))
    await sandbox.pass(12 * 3_600_000 - 1)
    expect(await CALLS.query()).toBe('WAIT_BUYER_PAY')
    await sandbox.pass(1)
    expect(await CALLS.query()).toBe('TRADE_CLOSED')
  })
})

describe('one number, one order', () => {
  test('asked again with another amount or subject it is refused once the trade exists', async () => {
    await open()
    for (const changed of [{ total_amount: '100.01' }, { subject: 'Cup' }, { body: 'x' }])
      expect((await merchant.visit({ ...T, ...changed })).body).toContain('ACQ.CONTEXT_INCONSISTENT')
    expect((await merchant.visit(T)).status).toBe(303)
  })

  test('a code asked twice is the same code; with another amount it is refused; after its life there is a new one', async () => {
    const ask = (yuan: string) => merchant.call('alipay.trade.precreate', { ...T, total_amount: yuan, subject: 'Cup' })
    const first = await ask('5.00')
    expect(await ask('5.00')).toEqual(first)
    expect(await ask('5.01')).toMatchObject({ sub_code: 'ACQ.CONTEXT_INCONSISTENT' })
    expect(await CALLS.query()).toBe('ACQ.TRADE_NOT_EXIST')
    await sandbox.pass(2 * 3_600_000)
    expect((await ask('5.00'))['qr_code']).not.toBe(first['qr_code'])
    const code = String(first['qr_code']).split('/').at(-1)
    expect((await sandbox.request('GET', `/cashier/${code}`)).body).toContain('订单已超时')
  })

  test('a closed page nobody had opened can still be opened and paid: not-exist is not failed', async () => {
    const { headers } = await merchant.visit(T)
    expect(await CALLS.close()).toBe('ACQ.TRADE_NOT_EXIST')
    expect((await sandbox.request('POST', `${headers['location']}/pay`)).status).toBe(303)
    expect(await CALLS.query()).toBe('TRADE_SUCCESS')
  })

  test.each([
    ['no number', { out_trade_no: undefined }],
    ['a number with a hyphen', { out_trade_no: 'A-1' }],
    ['a number of 65', { out_trade_no: 'A'.repeat(65) }],
    ['an amount as number', { total_amount: 100 }],
    ['nothing to pay', { total_amount: '0.00' }],
    ['too much', { total_amount: '100000000.01' }],
    ['no subject', { subject: '' }],
    ['a subject of 257', { subject: '壶'.repeat(257) }],
    ['the product of wap', { product_code: 'QUICK_WAP_WAY' }],
    ['another seller', { seller_id: '2088000000000000' }],
    ['a limit of 16 days', { timeout_express: '16d' }],
    ['a limit in decimals', { timeout_express: '1.5h' }],
    ['both lists of channels', { enable_pay_channels: 'balance', disable_pay_channels: 'pcredit' }],
  ])('an order with %s is refused', async (_, changed) => {
    const answer = await merchant.visit({ ...T, ...changed })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('ACQ.INVALID_PARAMETER')
  })
})

test('the buyer who has not the money stays unpaid', async () => {
  await sandbox.request('POST', '/api/alipay/balances', JSON.stringify({ account: 'buyer', yuan: '99.99' }))
  expect(await CALLS.pay()).toBe('not paid')
  expect(await CALLS.query()).toBe('WAIT_BUYER_PAY')
})

test('a cancel long after is refused', async () => {
  await merchant.pay('T1')
  await sandbox.pass(DAY + 1)
  expect(await CALLS.cancel()).toBe('ACQ.TRADE_CANCEL_TIME_OUT')
})
