import { constants, createPublicKey, publicEncrypt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { NOTIFY_URL, openWechatMerchant, type WechatMerchant } from '../testing/wechat-merchant.ts'

let sandbox: TestSandbox
let merchant: WechatMerchant

beforeEach(async () => {
  sandbox = openTestSandbox()
  merchant = openWechatMerchant(sandbox)
  await merchant.pay('ORDER001')
  await sandbox.pass(0)
  sandbox.sent.length = 0
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const MINUTE = 60_000
const REFUNDS = '/v3/refund/domestic/refunds'
const refund = (outRefundNo: string, fen: number, changes: Record<string, unknown> = {}) =>
  merchant.call('POST', REFUNDS, {
    out_trade_no: 'ORDER001',
    out_refund_no: outRefundNo,
    notify_url: NOTIFY_URL,
    amount: { refund: fen, total: 10_000, currency: 'CNY' },
    ...changes,
  })
const query = (outRefundNo: string) => merchant.call('GET', `${REFUNDS}/${encodeURIComponent(outRefundNo)}`)
const move = (outRefundNo: string, verb: string) =>
  sandbox.request('POST', `/api/wechatpay/refunds/${encodeURIComponent(outRefundNo)}/${verb}`)
const balances = async () => JSON.parse((await sandbox.request('GET', '/api/wechatpay/book')).body.toString()).balances

test('a refund is accepted, takes its time, succeeds, and is told', async () => {
  const { status, said } = await refund('R|1@a', 3_000)
  expect(status).toBe(200)
  expect(said).toMatchObject({
    status: 'PROCESSING',
    out_refund_no: 'R|1@a',
    channel: 'ORIGINAL',
    create_time: '2026-11-20T12:00:00+08:00',
    amount: { refund: 3_000, total: 10_000, payer_refund: 3_000, currency: 'CNY' },
  })
  expect(said).not.toHaveProperty('success_time')
  expect(await merchant.query('ORDER001')).toMatchObject({ trade_state: 'REFUND' })

  await sandbox.pass(5 * MINUTE)
  expect((await query('R|1@a')).said).toMatchObject({ status: 'SUCCESS', success_time: '2026-11-20T12:05:00+08:00' })
  const [sent] = sandbox.sent
  expect(JSON.parse(sent?.body ?? '')).toMatchObject({
    event_type: 'REFUND.SUCCESS',
    resource: { original_type: 'refund' },
  })
  expect(sent && merchant.read(sent)).toMatchObject({
    mchid: merchant.mchid,
    out_trade_no: 'ORDER001',
    out_refund_no: 'R|1@a',
    refund_status: 'SUCCESS',
    amount: { total: 10_000, refund: 3_000, payer_total: 10_000, payer_refund: 3_000 },
  })
  expect(await balances()).toEqual({ buyer: '99999930.00', merchant: '69.58' })
})

describe('the same refund number', () => {
  test('moves money once, at any time', async () => {
    await refund('R1', 3_000)
    expect((await refund('R1', 3_000)).said['status']).toBe('PROCESSING')
    await sandbox.pass(5 * MINUTE)
    expect((await refund('R1', 3_000)).said['status']).toBe('SUCCESS')
    expect((await balances()).merchant).toBe('69.58')
  })

  test('with another amount or order is refused', async () => {
    await refund('R1', 3_000)
    expect((await refund('R1', 2_999)).said['code']).toBe('INVALID_REQUEST')
    await merchant.pay('ORDER002')
    expect((await refund('R1', 3_000, { out_trade_no: 'ORDER002' })).said['code']).toBe('INVALID_REQUEST')
  })
})

describe('a refund that is refused', () => {
  const cases: [string, number, Record<string, unknown>, string][] = [
    ['of more than was paid', 10_001, {}, 'INVALID_REQUEST'],
    ['with another total', 1, { amount: { refund: 1, total: 9_999, currency: 'CNY' } }, 'INVALID_REQUEST'],
    ['of no order', 1, { out_trade_no: 'ORDER009' }, 'RESOURCE_NOT_EXISTS'],
    ['of two orders', 1, { transaction_id: '4200000000' }, 'RESOURCE_NOT_EXISTS'],
    ['of nobody knows what', 1, { out_trade_no: undefined }, 'PARAM_ERROR'],
    ['without a currency', 1, { amount: { refund: 1, total: 10_000 } }, 'PARAM_ERROR'],
    ['with a field of another API', 1, { mchid: '1900000109' }, 'PARAM_ERROR'],
    ['with emoji in its reason', 1, { reason: '😀' }, 'PARAM_ERROR'],
  ]
  test.each(cases)('%s', async (_, fen, changes, code) => {
    expect((await refund('R1', fen, changes)).said['code']).toBe(code)
    expect((await balances()).merchant).toBe('99.40')
  })

  test('of what is unpaid', async () => {
    await merchant.place('ORDER002')
    expect((await refund('R1', 1, { out_trade_no: 'ORDER002' })).said['code']).toBe('INVALID_REQUEST')
  })

  test('a year after the payment', async () => {
    await sandbox.pass(365 * 24 * 60 * MINUTE)
    expect((await refund('R1', 1)).status).toBe(200)
    await sandbox.pass(MINUTE)
    expect((await refund('R2', 1)).said['code']).toBe('INVALID_REQUEST')
  })

  test('while the merchant has too little, and goes through with the same number later', async () => {
    await sandbox.request('POST', '/api/wechatpay/balances', '{"account":"merchant","yuan":"1.00"}')
    expect(await refund('R1', 3_000)).toMatchObject({ status: 403, said: { code: 'NOT_ENOUGH' } })
    await sandbox.request('POST', '/api/wechatpay/balances', '{"account":"merchant","yuan":"100.00"}')
    expect((await refund('R1', 3_000)).status).toBe(200)
  })
})

test('an order is refunded in fifty parts a minute apart, and not once more', async () => {
  for (let part = 1; part <= 50; part++) {
    expect((await refund(`R${part}`, part === 1 ? 4_900 : 100)).status, `part ${part}`).toBe(200)
    if (part < 50) expect((await refund(`X${part}`, 1)).status).toBe(429)
    await sandbox.pass(MINUTE)
  }
  await sandbox.pass(5 * MINUTE)
  expect((await refund('R51', 201)).said['code']).toBe('INVALID_REQUEST')
  expect((await refund('R51', 1)).said['code']).toBe('RULE_LIMIT')
  expect(await balances()).toEqual({ buyer: '99999998.00', merchant: '1.99' })
})

describe('a refund that does not succeed', () => {
  const order = (kind: string) => sandbox.faults.add({ gateway: 'wechatpay', point: 'api', kind, method: 'refund' })

  test('is abnormal, is told, and is paid out to the buyer’s card instead', async () => {
    order('refund_abnormal')
    const { said } = await refund('R1', 3_000)
    await sandbox.pass(5 * MINUTE)
    expect((await query('R1')).said['status']).toBe('ABNORMAL')
    const [sent] = sandbox.sent
    expect(JSON.parse(sent?.body ?? '').event_type).toBe('REFUND.ABNORMAL')
    expect(sent && merchant.read(sent)).not.toHaveProperty('success_time')
    expect((await balances()).buyer).toBe('99999900.00')

    const path = `${REFUNDS}/${said['refund_id']}/apply-abnormal-refund`
    const key = createPublicKey(readFileSync(`${sandbox.folder}/wechatpay/pub_key.pem`))
    const hide = (text: string) =>
      publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING }, Buffer.from(text)).toString('base64')
    const body = { out_refund_no: 'R1', type: 'USER_BANK_CARD', bank_type: 'CMB_CREDIT', bank_account: hide('6225') }
    const serial = { 'wechatpay-serial': merchant.publicKeyId }
    const send = async (content: unknown, headers = serial) =>
      JSON.parse((await merchant.send('POST', path, content, headers)).body.toString())
    expect((await send(body)).detail.field).toBe('/real_name')
    expect((await send({ ...body, real_name: '张三' })).code).toBe('PARAM_ERROR')
    expect((await send({ ...body, real_name: hide('张三') })).status).toBe('PROCESSING')
    await sandbox.pass(5 * MINUTE)
    expect((await query('R1')).said).toMatchObject({ status: 'SUCCESS', channel: 'OTHER_BANKCARD' })
    expect((await balances()).buyer).toBe('99999930.00')
  })

  test('goes back to the merchant’s own bank on request', async () => {
    order('refund_abnormal')
    const { said } = await refund('R1', 3_000)
    const path = `${REFUNDS}/${said['refund_id']}/apply-abnormal-refund`
    await sandbox.pass(5 * MINUTE)
    await merchant.call('POST', path, { out_refund_no: 'R1', type: 'MERCHANT_BANK_CARD' })
    await sandbox.pass(5 * MINUTE)
    expect((await query('R1')).said['status']).toBe('SUCCESS')
    expect(await balances()).toEqual({ buyer: '99999900.00', merchant: '69.58' })
    expect((await merchant.call('POST', path, { out_refund_no: 'R1', type: 'MERCHANT_BANK_CARD' })).status).toBe(400)
  })

  test('is closed, and the money is the merchant’s again', async () => {
    order('refund_closed')
    await refund('R1', 3_000)
    await sandbox.pass(5 * MINUTE)
    expect((await query('R1')).said['status']).toBe('CLOSED')
    expect((await balances()).merchant).toBe('99.40')
    expect((await refund('R2', 10_000)).status).toBe(200)
  })

  test('is stuck until somebody moves it, once', async () => {
    order('refund_stuck')
    await refund('R@1', 3_000)
    await sandbox.pass(24 * 60 * MINUTE)
    expect((await query('R@1')).said['status']).toBe('PROCESSING')
    expect((await move('R@1', 'succeed')).status).toBe(200)
    expect((await move('R@1', 'abnormal')).status).toBe(409)
    expect((await query('R@1')).said['status']).toBe('SUCCESS')
  })
})

test('a refund nobody asked for is not found', async () => {
  expect(await query('R9')).toMatchObject({ status: 404, said: { code: 'RESOURCE_NOT_EXISTS' } })
})
