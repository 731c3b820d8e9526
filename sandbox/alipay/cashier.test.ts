import { afterAll, beforeEach, expect, test } from 'vitest'
import { openTestMerchant, RETURN_URL, type TestMerchant } from '../testing/test-merchant.ts'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'

let sandbox: TestSandbox
let merchant: TestMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openTestMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const page = async (path: string, headers = {}) => (await sandbox.request('GET', path, '', headers)).body.toString()
const cashierOf = async (biz: Record<string, unknown>, changes?: Record<string, string | undefined>) =>
  (await merchant.visit(biz, changes)).headers['location'] ?? ''

test('what a stranger writes into an order stands in the page as text', async () => {
  const subject = `</dd><script>alert(1)</script>'"&`
  const shown = await page(await cashierOf({ out_trade_no: 'T1', subject }))
  expect(shown).not.toContain('<script')
  expect(shown).toContain('&lt;/dd&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&quot;&amp;')
})

test('no address of a page can be anything but a web address', async () => {
  for (const changes of [{ return_url: 'javascript:alert(1)' }, { notify_url: 'data:text/html,x' }])
    expect((await merchant.visit({ out_trade_no: 'T1' }, changes)).body).toContain('isv.invalid-parameter')
  const wap = {
    out_trade_no: 'T2',
    total_amount: '1.00',
    subject: 'x',
    product_code: 'QUICK_WAP_WAY',
    quit_url: 'javascript:alert(1)',
  }
  const query = new URLSearchParams(merchant.sign('alipay.trade.wap.pay', wap))
  expect(await page(`/gateway.do?${query}`)).toContain('ACQ.INVALID_PARAMETER')
})

test('the page speaks the language of the browser, or the one that is asked for', async () => {
  const cashier = await cashierOf({ out_trade_no: 'T1' })
  expect(await page(cashier, { 'accept-language': 'zh-CN,zh;q=0.9' })).toContain('确认付款 ¥100.00')
  expect(await page(cashier, { 'accept-language': 'fr-CH, fr;q=0.9' })).toContain('Payer ¥100.00')
  expect(await page(cashier, { 'accept-language': 'de' })).toContain('Pay ¥100.00')
  expect(await page(`${cashier}?lang=zh`)).toContain('<html lang="zh-CN">')
})

test('a payment that fails leaves the order open to be paid', async () => {
  const cashier = await cashierOf({ out_trade_no: 'T1' })
  const declined = await sandbox.request('POST', `${cashier}/decline`)
  expect(await page(declined.headers['location'] ?? '')).toContain('The payment failed')
  expect((await sandbox.request('POST', `${cashier}/pay`)).headers['location']).toMatch(new RegExp(`^${RETURN_URL}\\?`))
})

test('paying is a POST, and a second click goes on like the first', async () => {
  const cashier = await cashierOf({ out_trade_no: 'T1' })
  expect((await sandbox.request('GET', `${cashier}/pay`)).status).toBe(405)
  for (const _ of [1, 2])
    expect((await sandbox.request('POST', `${cashier}/pay`)).headers['location']).toContain('out_trade_no=T1')
  await sandbox.pass(0)
  expect(sandbox.sent).toHaveLength(1)
})

test('without a return address the page itself says that it is paid', async () => {
  const cashier = await cashierOf({ out_trade_no: 'T1' }, { return_url: undefined })
  const paid = await sandbox.request('POST', `${cashier}/pay`)
  expect(await page(paid.headers['location'] ?? '')).toContain('<p>Paid</p>')
})

test('back to the shop is where the shop said, unsigned: nothing was paid', async () => {
  const wap = {
    out_trade_no: 'T1',
    total_amount: '1.00',
    subject: 'x',
    product_code: 'QUICK_WAP_WAY',
    quit_url: 'https://shop.example/cart?a=1&b=2',
  }
  const query = new URLSearchParams(merchant.sign('alipay.trade.wap.pay', wap, { return_url: RETURN_URL }))
  const { headers } = await sandbox.request('GET', `/gateway.do?${query}`)
  expect(await page(headers['location'] ?? '')).toContain('href="https://shop.example/cart?a=1&amp;b=2"')
  expect(await page(await cashierOf({ out_trade_no: 'T2' }))).toContain(`href="${RETURN_URL}"`)
})

test('two pages of one order lead to one trade', async () => {
  const [first, second] = [await cashierOf({ out_trade_no: 'T1' }), await cashierOf({ out_trade_no: 'T1' })]
  expect(first).not.toBe(second)
  await sandbox.request('POST', `${first}/pay`)
  expect((await sandbox.request('POST', `${second}/pay`)).headers['location']).toContain('trade_no=')
  expect(sandbox.gateways[0]?.recentTrades(10)).toHaveLength(1)
})

test('the phone scans the whole code or its token, pays with one click, and knows no other code', async () => {
  const { qr_code: code } = await merchant.call('alipay.trade.precreate', {
    out_trade_no: 'T1',
    total_amount: '5.00',
    subject: 'Cup',
  })
  const token = String(code).split('/').at(-1)
  for (const text of [String(code), `  ${token} `]) {
    const scanned = await sandbox.request('GET', `/phone?${new URLSearchParams({ qr: text })}`)
    expect(scanned.headers['location']).toBe(`/cashier/${token}?lang=en`)
  }
  for (const wrong of ['https://qr.alipay.com/other', '<b>', `${token}x`]) {
    const answer = await sandbox.request('GET', `/phone?${new URLSearchParams({ qr: wrong })}`)
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('<b>')
  }
  const paid = await sandbox.request('POST', `/cashier/${token}/pay`)
  expect(await page(paid.headers['location'] ?? '')).toContain('on your computer')
})

test('a page that nobody signed does not exist', async () => {
  expect((await sandbox.request('GET', '/cashier/pageabc')).status).toBe(404)
  expect((await sandbox.request('GET', '/cashier/__proto__')).status).toBe(404)
})
