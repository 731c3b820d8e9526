import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { NOTIFY_URL, OPENID, openWechatMerchant, type WechatMerchant } from '../testing/wechat-merchant.ts'

let sandbox: TestSandbox
let merchant: WechatMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openWechatMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const NATIVE = '/v3/pay/transactions/native'
const MINUTE = 60_000
const close = (outTradeNo: string) =>
  merchant.call('POST', `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}/close`, {
    mchid: merchant.mchid,
  })

test('a Native order is placed, scanned, paid, told and queried', async () => {
  const path = await merchant.place('ORDER001')
  const unpaid = await merchant.query('ORDER001')
  expect(unpaid).toMatchObject({ trade_state: 'NOTPAY', amount: { total: 10_000, currency: 'CNY' } })
  for (const absent of ['transaction_id', 'payer', 'success_time']) expect(unpaid).not.toHaveProperty(absent)
  expect((await sandbox.request('GET', path)).body).toContain('¥100.00')

  expect((await sandbox.request('POST', `${path}/pay`)).status).toBe(303)
  await sandbox.pass(0)
  const [sent] = sandbox.sent
  expect(sent?.url).toBe(NOTIFY_URL)
  expect(JSON.parse(sent?.body ?? '')).toMatchObject({
    event_type: 'TRANSACTION.SUCCESS',
    resource_type: 'encrypt-resource',
    resource: { original_type: 'transaction', algorithm: 'AEAD_AES_256_GCM' },
  })
  const told = sent && merchant.read(sent)
  expect(told).toEqual(await merchant.query('ORDER001'))
  expect(told).toMatchObject({
    trade_state: 'SUCCESS',
    success_time: '2026-11-20T12:00:00+08:00',
    trade_type: 'NATIVE',
    payer: { openid: OPENID },
  })
  expect(JSON.parse((await sandbox.request('GET', '/api/book')).body.toString()).wechatpay.balances.merchant).toBe(
    '99.40',
  )
  const byId = `/v3/pay/transactions/id/${told?.['transaction_id']}?mchid=${merchant.mchid}`
  expect((await merchant.call('GET', byId)).said).toEqual(told)
})

test('numbers with | and * are found under their percent-encoding', async () => {
  await merchant.place('A|B*C-1_2')
  expect(await merchant.query('A|B*C-1_2')).toMatchObject({ out_trade_no: 'A|B*C-1_2' })
})

describe('the same number again', () => {
  test('with the same content it is the same order, whatever the order of its fields', async () => {
    const first = await merchant.call('POST', NATIVE, merchant.order('ORDER001'))
    const turned = Object.fromEntries(Object.entries(merchant.order('ORDER001')).reverse())
    expect((await merchant.call('POST', NATIVE, turned)).said).toEqual(first.said)
  })

  test('an expired code is renewed, and the old one pays nothing', async () => {
    const old = await merchant.place('ORDER001')
    await sandbox.pass(120 * MINUTE)
    const fresh = await merchant.place('ORDER001')
    expect(fresh).not.toBe(old)
    await sandbox.request('POST', `${old}/pay`)
    expect(await merchant.query('ORDER001')).toMatchObject({ trade_state: 'NOTPAY' })
    await sandbox.request('POST', `${fresh}/pay`)
    expect(await merchant.query('ORDER001')).toMatchObject({ trade_state: 'SUCCESS' })
  })

  test.each([
    ['another amount', { amount: { total: 9_999, currency: 'CNY' } }],
    ['another description', { description: '别的' }],
    ['another address', { notify_url: `${NOTIFY_URL}/2` }],
    ['a time limit more', { time_expire: '2026-11-20T13:00:00+08:00' }],
  ])('with %s it is refused', async (_, changes) => {
    await merchant.place('ORDER001')
    const { status, said } = await merchant.call('POST', NATIVE, merchant.order('ORDER001', changes))
    expect(status).toBe(400)
    expect(said['code']).toBe('INVALID_REQUEST')
  })

  test('by another way to pay it is refused', async () => {
    await merchant.place('ORDER001')
    const jsapi = merchant.order('ORDER001', { payer: { openid: OPENID } })
    expect((await merchant.call('POST', '/v3/pay/transactions/jsapi', jsapi)).said['code']).toBe('INVALID_REQUEST')
  })

  test('a paid or closed order is not ordered again', async () => {
    await merchant.pay('ORDER001')
    expect((await merchant.call('POST', NATIVE, merchant.order('ORDER001'))).said['code']).toBe('ORDER_PAID')
    await merchant.place('ORDER002')
    await close('ORDER002')
    expect((await merchant.call('POST', NATIVE, merchant.order('ORDER002'))).said['code']).toBe('ORDER_CLOSED')
  })
})

describe('what an order may not hold', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['an unknown field', { colour: 'green' }, '/colour'],
    ['an unknown field deep inside', { amount: { total: 1, currency: 'CNY', tip: 1 } }, '/amount/tip'],
    ['no amount', { amount: { total: 0 } }, '/amount/total'],
    ['half a fen', { amount: { total: 0.5 } }, '/amount/total'],
    ['an amount as text', { amount: { total: '1' } }, '/amount/total'],
    ['dollars', { amount: { total: 1, currency: 'USD' } }, '/amount/currency'],
    ['a number that is too short', { out_trade_no: 'ABC12' }, '/out_trade_no'],
    ['a number that is too long', { out_trade_no: 'A'.repeat(33) }, '/out_trade_no'],
    ['a number with a blank', { out_trade_no: 'ORDER 001' }, '/out_trade_no'],
    ['an address with a query', { notify_url: `${NOTIFY_URL}?a=1` }, '/notify_url'],
    ['an address without a host', { notify_url: '/api/notify' }, '/notify_url'],
    ['no description', { description: '' }, '/description'],
    ['a description that is too long', { description: 'A'.repeat(128) }, '/description'],
    ['a time without its zone', { time_expire: '2026-11-20T13:00:00' }, '/time_expire'],
    ['a time that is over', { time_expire: '2026-11-20T11:59:59+08:00' }, '/time_expire'],
  ]
  test.each(cases)('%s', async (_, changes, field) => {
    const { status, said } = await merchant.call('POST', NATIVE, merchant.order('ORDER001', changes))
    expect(status).toBe(400)
    expect(said).toMatchObject({ code: 'PARAM_ERROR', detail: { field, location: 'body' } })
  })

  test.each(['😀', '\\ud83d\\ude00'])('emoji (%s)', async (emoji) => {
    const body = JSON.stringify(merchant.order('ORDER001')).replace('青瓷', emoji)
    expect((await merchant.call('POST', NATIVE, body)).said['code']).toBe('PARAM_ERROR')
  })

  test('another merchant or account, and an openid of another account', async () => {
    const code = async (changes: Record<string, unknown>, way = 'native') =>
      (await merchant.call('POST', `/v3/pay/transactions/${way}`, merchant.order('ORDER001', changes))).said['code']
    expect(await code({ mchid: '1900000209' })).toBe('MCH_NOT_EXISTS')
    expect(await code({ appid: 'wx0000000000000000' })).toBe('APPID_MCHID_NOT_MATCH')
    expect(await code({ payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' } }, 'jsapi')).toBe('OPENID_MISMATCH')
    expect(await code({}, 'h5')).toBe('PARAM_ERROR')
  })
})

describe('the end of an unpaid order', () => {
  test('closing it answers 204 with nothing, signed, as often as one likes', async () => {
    const path = await merchant.place('ORDER001')
    for (const _ of [1, 2]) expect(await close('ORDER001')).toEqual({ status: 204, said: {} })
    await sandbox.request('POST', `${path}/pay`)
    expect(await merchant.query('ORDER001')).toMatchObject({ trade_state: 'CLOSED' })
    await sandbox.pass(0)
    expect(sandbox.sent).toEqual([])
  })

  test('what is paid or unknown is not closed', async () => {
    await merchant.pay('ORDER001')
    expect(await close('ORDER001')).toMatchObject({ status: 400, said: { code: 'ORDER_PAID' } })
    expect(await close('ORDER002')).toMatchObject({ status: 404, said: { code: 'ORDER_NOT_EXIST' } })
  })

  test('after time_expire nobody can pay, and the order waits a week to be closed', async () => {
    const path = await merchant.place('ORDER001', { time_expire: '2026-11-20T12:30:00+08:00' })
    await sandbox.pass(30 * MINUTE)
    await sandbox.request('POST', `${path}/pay`)
    expect(await merchant.query('ORDER001')).toMatchObject({ trade_state: 'NOTPAY' })
    await sandbox.pass(7 * 24 * 60 * MINUTE)
    expect(await merchant.query('ORDER001')).toMatchObject({ trade_state: 'CLOSED' })
  })

  test('a payment that was under way is not stopped by a close, and is told', async () => {
    await merchant.place('ORDER001')
    await close('ORDER001')
    await sandbox.request('POST', '/api/wechatpay/trades/ORDER001/pay-late')
    expect(await merchant.query('ORDER001')).toMatchObject({ trade_state: 'SUCCESS' })
    await sandbox.pass(0)
    expect(sandbox.sent).toHaveLength(1)
  })
})
