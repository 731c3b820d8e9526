import { createSign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { OPENID, openWechatMerchant, type WechatMerchant } from '../testing/wechat-merchant.ts'

let sandbox: TestSandbox
let merchant: WechatMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openWechatMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const MINUTE = 60_000
const page = async (target: string, headers = {}) => (await sandbox.request('GET', target, '', headers)).body.toString()
const state = async (outTradeNo: string) => (await merchant.query(outTradeNo))['trade_state']

describe('the page behind a scanned code', () => {
  test('speaks the language of the phone, or the one that is asked for', async () => {
    const path = await merchant.place('ORDER001')
    expect(await page(path, { 'accept-language': 'zh-CN' })).toContain('立即支付 ¥100.00')
    expect(await page(path, { 'accept-language': 'fr' })).toContain('Payer ¥100.00')
    expect(await page(`${path}?lang=en`)).toContain('Pay now ¥100.00')
  })

  test('fails, and can then be paid; a second click changes nothing', async () => {
    const path = await merchant.place('ORDER001')
    const failed = await sandbox.request('POST', `${path}/decline`)
    expect(await page(failed.headers['location'] ?? '')).toContain('The payment failed')
    expect(await state('ORDER001')).toBe('NOTPAY')
    for (const _ of [1, 2]) {
      const paid = await sandbox.request('POST', `${path}/pay`)
      expect(await page(paid.headers['location'] ?? '')).toContain('Paid. The shop shows it on your computer')
    }
    await sandbox.pass(0)
    expect(sandbox.sent).toHaveLength(1)
  })

  test('says what became of the order', async () => {
    const [expired, closed, failed] = [
      await merchant.place('EXPIRED1'),
      await merchant.place('CLOSED01'),
      await merchant.place('FAILED01'),
    ]
    await sandbox.request('POST', '/api/wechatpay/trades/CLOSED01/close')
    await sandbox.request('POST', '/api/wechatpay/trades/FAILED01/fail')
    await sandbox.pass(120 * MINUTE)
    expect(await page(expired)).toContain('This code has expired')
    expect(await page(closed)).toContain('The shop has closed this order')
    expect(await page(failed)).toContain('failed for good')
    expect((await sandbox.request('GET', '/wechat/pay/nothing')).status).toBe(404)
    expect((await sandbox.request('GET', '/phone?qr=weixin%3A%2F%2Fwxpay%2Fbizpayurl%3Fpr%3Dx')).status).toBe(303)
  })

  test('the phone finds it without its camera, as long as it can be paid', async () => {
    const path = await merchant.place('ORDER001')
    const link = async () => /href="(\/phone\?[^"]+)"[^>]*>¥100\.00/.exec(await page('/phone'))?.[1]
    const scanned = await sandbox.request('GET', ((await link()) ?? '').replaceAll('&amp;', '&'))
    expect(scanned.headers['location']).toContain(path)
    await sandbox.request('POST', `${path}/pay`)
    expect(await link()).toBeUndefined()
  })

  test('a description is text, whatever stands in it', async () => {
    const path = await merchant.place('ORDER001', { description: '<script>alert(1)</script>' })
    expect(await page(path)).not.toContain('<script>')
  })
})

describe('the page for browsers on a phone', () => {
  const SHOP = { referer: 'https://shop.example/' }
  const BACK = 'https://shop.example/order/7?lang=zh'
  const order = async (outTradeNo = 'ORDER001') => {
    const scene_info = { payer_client_ip: '203.0.113.7', h5_info: { type: 'Wap' } }
    const { said } = await merchant.call('POST', '/v3/pay/transactions/h5', merchant.order(outTradeNo, { scene_info }))
    return String(said['h5_url'])
  }
  const withBack = (url: string, back = BACK) => `${url}&redirect_url=${encodeURIComponent(back)}`

  test('leads on to pay, and back to where the merchant says', async () => {
    const entered = await sandbox.request('GET', withBack(await order()), '', SHOP)
    expect(entered.status).toBe(303)
    const pay = entered.headers['location'] ?? ''
    const shown = await page(pay)
    const action = (/action="([^"]+\/pay\?[^"]+)"/.exec(shown)?.[1] ?? '').replaceAll('&amp;', '&')
    const cancel = await sandbox.request('POST', action.replace('/pay?', '/cancel?'))
    expect(cancel.headers['location']).toBe(BACK)
    expect(await state('ORDER001')).toBe('NOTPAY')
    expect((await sandbox.request('POST', action)).headers['location']).toBe(BACK)
    expect(await merchant.query('ORDER001')).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'MWEB' })
    expect(await page(pay)).toContain(`href="${BACK}"`)
  })

  test('without an address the buyer goes back where he came from', async () => {
    const entered = await sandbox.request('GET', await order(), '', SHOP)
    expect(new URLSearchParams(entered.headers['location']?.split('?')[1]).get('back')).toBe(SHOP.referer)
  })

  const refused: [string, (url: string) => string, Record<string, string>, string][] = [
    ['without a referrer', (url) => url, {}, '商家参数格式有误'],
    ['from another host', (url) => url, { referer: 'https://elsewhere.example/' }, '商家存在未配置的参数'],
    ['back to another host', (url) => withBack(url, 'https://elsewhere.example/'), SHOP, '商家存在未配置的参数'],
    ['back to a script', (url) => withBack(url, 'javascript:alert(1)'), SHOP, '商家存在未配置的参数'],
    ['inside WeChat', (url) => url, { ...SHOP, 'user-agent': 'MicroMessenger/8.0' }, '请在微信外打开订单'],
    ['of another order', (url) => url.replace(/prepay_id=\w+/, 'prepay_id=wxnone'), SHOP, '商家参数格式有误'],
  ]
  test.each(refused)('%s it is refused', async (_, change, headers, words) => {
    expect(await page(change(await order()), headers)).toContain(words)
  })

  test('is good for five minutes', async () => {
    const url = await order()
    await sandbox.pass(5 * MINUTE - 1)
    expect((await sandbox.request('GET', url, '', SHOP)).status).toBe(303)
    await sandbox.pass(1)
    expect(await page(url, SHOP)).toContain('支付请求已失效')
  })

  test('an address in the query that is not the merchant’s leads nowhere', async () => {
    const pay = (await sandbox.request('GET', await order(), '', SHOP)).headers['location']?.split('?')[0]
    const answer = await sandbox.request('POST', `${pay}/pay?back=https%3A%2F%2Felsewhere.example%2F`)
    expect(answer.headers['location']).not.toContain('elsewhere')
  })
})

describe('who the visitor is', () => {
  const authorize = (changes: Record<string, string> = {}) =>
    sandbox.request(
      'GET',
      `/connect/oauth2/authorize?${new URLSearchParams({
        appid: merchant.appid,
        redirect_uri: 'https://shop.example/api/wechat/openid?order=7',
        response_type: 'code',
        scope: 'snsapi_base',
        state: 'abc123',
        ...changes,
      })}`,
    )
  const secret = () => JSON.parse(readFileSync(`${sandbox.folder}/wechatpay/merchant.json`, 'utf8')).appSecret
  const exchange = async (code: string, changes: Record<string, string> = {}) =>
    JSON.parse(
      await page(
        `/sns/oauth2/access_token?${new URLSearchParams({
          appid: merchant.appid,
          secret: secret(),
          code,
          grant_type: 'authorization_code',
          ...changes,
        })}`,
      ),
    )
  const codeOf = async () => {
    const { headers } = await authorize()
    const back = new URL(headers['location'] ?? '')
    expect(back.searchParams.get('state')).toBe('abc123')
    expect(back.searchParams.get('order')).toBe('7')
    return back.searchParams.get('code') ?? ''
  }

  test('is told for a code, once', async () => {
    const code = await codeOf()
    expect(await exchange(code, { secret: 'x' })).toMatchObject({ errcode: 40125 })
    expect(await exchange(code)).toMatchObject({ openid: OPENID, scope: 'snsapi_base' })
    expect(await exchange(code)).toMatchObject({ errcode: 40029 })
  })

  test('is not told for a code of six minutes ago', async () => {
    const code = await codeOf()
    await sandbox.pass(6 * MINUTE)
    expect(await exchange(code)).toMatchObject({ errcode: 42003 })
  })

  test.each([
    { appid: 'wx0000000000000000' },
    { redirect_uri: 'javascript:alert(1)' },
    { response_type: 'token' },
    { scope: 'everything' },
    { state: 'a b' },
  ])('a redirect with %j is refused on a page', async (changes) => {
    expect((await authorize(changes)).status).toBe(400)
  })
})

describe('inside WeChat', () => {
  const HOST = { host: '3000.wechat.localhost:3220' }
  const jsapi = async (outTradeNo = 'ORDER001') => {
    const order = merchant.order(outTradeNo, { payer: { openid: OPENID } })
    return String((await merchant.call('POST', '/v3/pay/transactions/jsapi', order)).said['prepay_id'])
  }
  const parameters = (prepayId: string, changes: Record<string, unknown> = {}) => {
    const given = {
      appId: merchant.appid,
      timeStamp: '1763611200',
      nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
      package: `prepay_id=${prepayId}`,
      ...changes,
    }
    const text = `${given.appId}\n${given.timeStamp}\n${given.nonceStr}\n${given.package}\n`
    const key = readFileSync(`${sandbox.folder}/wechatpay/apiclient_key.pem`)
    return { ...given, signType: 'RSA', paySign: createSign('RSA-SHA256').update(text).sign(key, 'base64'), ...changes }
  }
  const invoke = async (given: unknown) =>
    JSON.parse((await sandbox.request('POST', '/wechat/jsapi', JSON.stringify(given), HOST)).body.toString())

  test('a page asks for the sheet, on which one pays, cancels or fails', async () => {
    const { sheet } = await invoke(parameters(await jsapi()))
    const shown = await sandbox.request('GET', sheet, '', HOST)
    expect(shown.body).toContain('Pay now ¥100.00')
    // A form on a page that sends no referrer says nothing of where it stands either.
    const press = async (verb: string) =>
      (await sandbox.request('POST', sheet.replace('?', `/${verb}?`), '', { ...HOST, origin: 'null' })).headers[
        'location'
      ] ?? ''
    expect(await press('cancel')).toContain('result=cancel')
    expect(await press('decline')).not.toContain('result=')
    expect(await press('pay')).toContain('result=ok')
    expect(await merchant.query('ORDER001')).toMatchObject({ trade_state: 'SUCCESS', payer: { openid: OPENID } })
  })

  test.each([
    ['a signature of something else', { paySign: 'AAAA' }],
    ['a time that is a number', { timeStamp: 1763611200 }],
    ['MD5', { signType: 'MD5' }],
    ['the bare number', { package: 'wx123' }],
    ['an unknown number', { package: 'prepay_id=wxnone' }],
    ['another account', { appId: 'wx0000000000000000' }],
  ])('%s is refused', async (_, changes) => {
    expect(await invoke(parameters(await jsapi(), changes))).toMatchObject({
      err_msg: 'get_brand_wcpay_request:fail',
    })
  })

  test('a code for a screen is no order for the page', async () => {
    const { said } = await merchant.call('POST', '/v3/pay/transactions/native', merchant.order('ORDER001'))
    const token = String(said['code_url']).split('pr=')[1]
    expect(await invoke(parameters(`wx${token}`))).toMatchObject({ err_desc: '该订单不存在' })
  })

  test('a page elsewhere reaches nothing through it', async () => {
    const answer = await sandbox.request('POST', '/api/anything', '', { ...HOST, origin: 'https://elsewhere.example' })
    expect(answer.status).toBe(403)
  })

  test('the phone opens only shops of this machine in it', async () => {
    const open = (address: string) => sandbox.request('GET', `/phone?open=${encodeURIComponent(address)}`)
    expect((await open('http://localhost:3000/zh/cart?a=1')).headers['location']).toBe(
      'http://3000.wechat.localhost:3220/zh/cart?a=1',
    )
    expect((await open('https://shop.example/')).status).toBe(404)
  })
})
