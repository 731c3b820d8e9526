import { afterAll, beforeEach, expect, test } from 'vitest'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import {
  CARDS,
  cardFields,
  FRONT_URL,
  openUnionpayMerchant,
  SLOW_CARD,
  type UnionpayMerchant,
} from '../testing/unionpay-merchant.ts'

let sandbox: TestSandbox
let merchant: UnionpayMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openUnionpayMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const ORDER = 'ORDER0001'
const page = async (path: string, headers = {}) => (await sandbox.request('GET', path, '', headers)).body.toString()
const cashierOf = async (changes = {}) => (await merchant.visit(ORDER, changes)).headers['location'] ?? ''
const enter = async (cashier: string, card: string, code?: string) =>
  (await sandbox.request('POST', `${cashier}/pay`, cardFields(card, code))).headers['location'] ?? ''
const alertOf = (shown: string) => /role="(?:alert|status)"><p>([^<]+)</.exec(shown)?.[1]

test('what a stranger writes into an order stands in the page as text', async () => {
  const riskRateInfo = `{commodityName=</dd><script>alert(1)</script>'"}`
  const shown = await page(await cashierOf({ riskRateInfo }))
  expect(shown).not.toContain('<script')
  expect(shown).toContain('&lt;/dd&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&quot;')
  expect(await page(`${await cashierOf({ riskRateInfo })}?card="><script>`)).not.toContain('<script')
})

test('speaks the language of the browser, or the one that is asked for', async () => {
  const cashier = await cashierOf()
  expect(await page(cashier, { 'accept-language': 'zh-CN,zh;q=0.9' })).toContain('确认付款 ¥100.00')
  expect(await page(cashier, { 'accept-language': 'fr-CH, fr;q=0.9' })).toContain('Payer ¥100.00')
  expect(await page(cashier, { 'accept-language': 'de' })).toContain('Pay ¥100.00')
  expect(await page(`${cashier}?lang=zh`)).toContain('<html lang="zh-CN">')
})

test('shows who is paid for what, and on a phone the same', async () => {
  for (const channelType of ['07', '08']) {
    const riskRateInfo = '{commodityName=青瓷茶壶&shippingFlag=1}'
    const shown = await page(await cashierOf({ channelType, riskRateInfo, payTimeout: '20261120123000' }))
    for (const words of ['青瓷茶壶', ORDER, '¥100.00', '2026-11-20 12:30']) expect(shown).toContain(words)
    expect(shown).toContain('value="6216 2610 0000 0000 018"')
    await sandbox.request('POST', `/api/unionpay/trades/${ORDER}/expire`)
    sandbox.time.now += 1000
  }
})

test('a card that the bank refuses leaves the order open to be paid with another', async () => {
  const cashier = await cashierOf()
  const refused = await page(await enter(cashier, CARDS.refuses))
  expect(alertOf(refused)).toMatch(/^The bank refused the card/)
  expect(refused).toContain('value="6216 2610 0000 0000 026"')
  expect(await enter(cashier, CARDS.pays)).toMatch(/\/return\?lang=en$/)
})

test('a card that asks again takes the code the second time', async () => {
  const cashier = await cashierOf()
  const again = await page(await enter(cashier, CARDS.asksAgain))
  expect(alertOf(again)).toMatch(/^The code was not right/)
  expect(again).toContain('name="code" value=""')
  expect(await enter(cashier, CARDS.asksAgain)).toMatch(/\/return\?lang=en$/)
})

test.each([
  ['a number of no test card', '4111111111111111', undefined, /^This is not a card/],
  ['a number that every object has', 'constructor', undefined, /^This is not a card/],
  ['a wrong code', CARDS.pays, '111112', /^The code was not right/],
])('%s is refused, and nothing is paid', async (_, card, code, says) => {
  const led = await enter(await cashierOf(), card, code)
  expect(alertOf(await page(led))).toMatch(says)
  expect((await merchant.query(ORDER))['origRespCode']).not.toBe('00')
})

test('a number may be typed as it stands on the card, a mobile number must be one', async () => {
  const cashier = await cashierOf()
  const typed = (phone: string) =>
    sandbox.request(
      'POST',
      `${cashier}/pay`,
      new URLSearchParams({ card: '6216 2610-0000 0000 018', phone, code: '111111' }).toString(),
    )
  expect((await typed('12')).headers['location']).toContain('refused=66')
  expect((await typed('135 5253 5506')).headers['location']).toContain('/return')
})

test('a slow bank is waited for, and says so', async () => {
  const waiting = await enter(await cashierOf(), SLOW_CARD)
  expect(alertOf(await page(waiting))).toMatch(/^Your bank has not answered yet/)
  await sandbox.pass(60_000)
  expect(alertOf(await page(waiting))).toBe('Paid')
})

test('an order that is over can’t be paid, and leads back', async () => {
  const cashier = await cashierOf({ frontFailUrl: 'https://shop.example/failed?a=1&b=2' })
  await sandbox.request('POST', `/api/unionpay/trades/${ORDER}/expire`)
  const shown = await page(await enter(cashier, CARDS.pays))
  expect(alertOf(shown)).toMatch(/^The time to pay this order is over/)
  expect(shown).toContain('href="https://shop.example/failed?a=1&amp;b=2"')
  expect(shown).not.toContain('<form')
})

test('paying is a POST, and a second click goes on like the first', async () => {
  const cashier = await cashierOf()
  expect((await sandbox.request('GET', `${cashier}/pay`)).status).toBe(405)
  for (const _ of [1, 2]) expect(await enter(cashier, CARDS.pays)).toMatch(/\/return\?lang=en$/)
  await sandbox.pass(0)
  expect(sandbox.sent).toHaveLength(1)
})

test('the way back is a form that posts itself, signed, where a policy lets scripts of this house run', async () => {
  const { body, headers } = await sandbox.request('GET', await merchant.pay(ORDER))
  const shown = body.toString()
  expect(headers['content-security-policy']).toContain("script-src 'self'")
  expect(shown).toContain('<script src="/assets/auto-post.js" defer>')
  expect(shown).toContain(`<form method="post" action="${FRONT_URL}" accept-charset="utf-8"`)
  const fields = [...shown.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)]
  const told = Object.fromEntries(fields.map(([, name, value]) => [name, value]))
  expect(told).toMatchObject({ respCode: '00', orderId: ORDER, txnAmt: '10000', txnType: '01' })
  expect(merchant.judge(told)).toBe('good')
  expect((await sandbox.request('GET', '/assets/auto-post.js')).headers['content-type']).toContain('javascript')
})

test('there is no way back with a result before there is one', async () => {
  const shown = await page(`${await cashierOf()}/return`)
  expect(shown).not.toContain('signature')
  expect(shown).toContain(`href="${FRONT_URL}"`)
})

test('a page that nobody signed does not exist', async () => {
  for (const token of ['a'.repeat(24), 'a'.repeat(23), '__proto__'])
    expect((await sandbox.request('GET', `/unionpay/${token}`)).status).toBe(404)
})
