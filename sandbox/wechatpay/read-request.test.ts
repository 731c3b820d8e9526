import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NOON, openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { openWechatMerchant, type WechatMerchant } from '../testing/wechat-merchant.ts'

let sandbox: TestSandbox
let merchant: WechatMerchant

beforeAll(async () => {
  sandbox = openTestSandbox()
  merchant = openWechatMerchant(sandbox)
  await merchant.place('ORDER001')
})
afterAll(() => {
  sandbox.close()
  removeTestFolders()
})

const NATIVE = '/v3/pay/transactions/native'
const query = () => `/v3/pay/transactions/out-trade-no/ORDER001?mchid=${merchant.mchid}`
const seconds = (offset: number) => String(NOON / 1000 + offset)

async function sent(
  headers: Record<string, string | undefined>,
  { method = 'GET', target = query(), body = '' } = {},
): Promise<{ status: number; code: string; said: Record<string, unknown>; signed: boolean }> {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const answer = await sandbox.request(method, target, body, Object.fromEntries(given))
  const said = JSON.parse(answer.body.toString())
  return { status: answer.status, code: said.code, said, signed: 'Wechatpay-Signature' in answer.headers }
}

test('a right request is answered, and the answer names the merchant’s key', async () => {
  expect(await sent(merchant.authorize('GET', query(), ''))).toMatchObject({ status: 200, signed: true })
})

describe('parts of the authorization that are rightly signed and yet not right', () => {
  const cases: [string, () => Record<string, string>][] = [
    ['another merchant', () => ({ mchid: '1900000209' })],
    ['another certificate', () => ({ serial_no: '0'.repeat(40) })],
    ['a serial in small letters', () => ({ serial_no: 'abcdef' })],
    ['301 seconds old', () => ({ timestamp: seconds(-301) })],
    ['301 seconds ahead', () => ({ timestamp: seconds(301) })],
    ['milliseconds', () => ({ timestamp: String(NOON) })],
    ['a word for a time', () => ({ timestamp: 'now' })],
    ['a short nonce', () => ({ nonce_str: 'abc' })],
    ['a nonce with a blank', () => ({ nonce_str: 'abcdefgh ijklmnop' })],
  ]
  test.each(cases)('%s', async (_, changes) => {
    const answer = await sent(merchant.authorize('GET', query(), '', changes()))
    expect(answer).toMatchObject({ status: 401, code: 'SIGN_ERROR', signed: false })
  })

  test.each([-300, 300])('%i seconds off is in time', async (offset) => {
    expect((await sent(merchant.authorize('GET', query(), '', { timestamp: seconds(offset) }))).status).toBe(200)
  })

  test('a nonce serves once', async () => {
    const headers = merchant.authorize('GET', query(), '')
    expect((await sent(headers)).status).toBe(200)
    expect(await sent(headers)).toMatchObject({ status: 401, code: 'SIGN_ERROR' })
  })
})

describe('the form of the header', () => {
  const forms: [string, (header: string) => string | undefined][] = [
    ['none', () => undefined],
    ['another scheme', (header) => header.replace('WECHATPAY2-SHA256-RSA2048', 'Bearer')],
    ['SM2', (header) => header.replace('WECHATPAY2-SHA256-RSA2048', 'WECHATPAY2-SM2-WITH-SM3')],
    ['no quotes', (header) => header.replaceAll('"', '')],
    ['single quotes', (header) => header.replaceAll('"', "'")],
    ['semicolons', (header) => header.replaceAll('",', '";')],
    ['a part twice', (header) => `${header},mchid="1900000109"`],
    ['a part too many', (header) => `${header},colour="green"`],
    ['a part missing', (header) => header.replace(/nonce_str="[^"]*",/, '')],
    ['an empty part', (header) => header.replace(/nonce_str="[^"]*"/, 'nonce_str=""')],
    ['an end that is cut', (header) => header.slice(0, -1)],
  ]
  test.each(forms)('%s', async (_, change) => {
    const headers = merchant.authorize('GET', query(), '')
    const answer = await sent({ ...headers, authorization: change(headers['authorization'] ?? '') })
    expect(answer).toMatchObject({ status: 401, code: 'SIGN_ERROR', signed: false })
  })

  test('the parts may stand in any order', async () => {
    const headers = merchant.authorize('GET', query(), '')
    const [scheme = '', list = ''] = (headers['authorization'] ?? '').split(/ (.*)/)
    const turned = `${scheme} ${list.split(',').reverse().join(',')}`
    expect((await sent({ ...headers, authorization: turned })).status).toBe(200)
  })
})

describe('the signature covers', () => {
  const signedFor = (method: string, target: string, body: string) => merchant.authorize(method, target, body)
  const cases: [string, () => Record<string, string>, { method?: string; target?: string; body?: string }][] = [
    ['the query', () => signedFor('GET', query().split('?')[0] ?? '', ''), {}],
    ['the path as it is encoded', () => signedFor('GET', query().replace('ORDER', '%4FRDER'), ''), {}],
    ['the method', () => signedFor('POST', query(), ''), {}],
    ['the body', () => signedFor('POST', NATIVE, '{}'), { method: 'POST', target: NATIVE, body: '{ }' }],
    ['the host', () => signedFor('GET', `https://api.mch.weixin.qq.com${query()}`, ''), {}],
  ]
  test.each(cases)(
    '%s, and the refusal shows what the gateway has signed',
    async (_, headers, { method, target, body }) => {
      const how = { method: method ?? 'GET', target: target ?? query(), body: body ?? '' }
      const answer = await sent({ ...headers(), 'content-type': 'application/json' }, how)
      expect(answer).toMatchObject({ status: 401, code: 'SIGN_ERROR', signed: false })
      expect(answer.said['detail']).toMatchObject({
        detail: { issue: 'sign not match' },
        field: 'signature',
        location: 'authorization',
        sign_information: {
          method: how.method,
          url: how.target,
          truncated_sign_message: expect.stringMatching(/^[A-Z]+\n\/v3\/[^\n]+\n\d{10}\n\w+\n/),
          sign_message_length: expect.any(Number),
        },
      })
    },
  )

  test('no byte of it can be another, nor can it be empty or no base64', async () => {
    const right = /signature="([^"]+)"/.exec(merchant.authorize('GET', query(), '')['authorization'] ?? '')?.[1] ?? ''
    const wrong = fc.oneof(
      fc.tuple(fc.nat(right.length - 3), fc.constantFrom('A', 'B', '!', ' ')).map(([at, letter]) => {
        const other = right[at] === letter ? 'C' : letter
        return right.slice(0, at) + other + right.slice(at + 1)
      }),
      fc.constantFrom(`${right}AAAA`, right.slice(4), `${right}=`, 'x'),
    )
    await fc.assert(
      fc.asyncProperty(wrong, async (signature) => {
        expect((await sent(merchant.authorize('GET', query(), '', { signature }))).status).toBe(401)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what comes before and after the signature', () => {
  test.each(['accept', 'user-agent'])('%s is needed', async (name) => {
    const answer = await sent({ ...merchant.authorize('GET', query(), ''), [name]: undefined })
    expect(answer).toMatchObject({ status: 400, code: 'PARAM_ERROR' })
  })

  test('a body comes as JSON', async () => {
    const headers = { ...merchant.authorize('POST', NATIVE, 'a=1'), 'content-type': 'text/plain' }
    expect((await sent(headers, { method: 'POST', target: NATIVE, body: 'a=1' })).code).toBe('PARAM_ERROR')
  })

  test.each(['{', 'null', '[]', '"x"', '', '{"a":1} x'])('%j is no order', async (body) => {
    const headers = { ...merchant.authorize('POST', NATIVE, body), 'content-type': 'application/json' }
    const answer = await sent(headers, { method: 'POST', target: NATIVE, body })
    expect(answer).toMatchObject({ status: 400, code: 'PARAM_ERROR', signed: true })
  })

  test.each([
    ['GET', '/v3/pay/transactions/nothing'],
    ['GET', NATIVE],
    ['POST', '/v3/pay/transactions/out-trade-no/ORDER001'],
  ])('%s %s is no call', async (method, target) => {
    const headers = { ...merchant.authorize(method, target, ''), 'content-type': 'application/json' }
    expect(await sent(headers, { method, target })).toMatchObject({ status: 404, signed: true })
  })

  test('a query names its merchant', async () => {
    const bare = '/v3/pay/transactions/out-trade-no/ORDER001'
    expect((await merchant.call('GET', bare)).said['code']).toBe('PARAM_ERROR')
    expect((await merchant.call('GET', `${bare}?mchid=1900000209`)).said['code']).toBe('MCH_NOT_EXISTS')
    expect((await merchant.call('GET', `${bare.replace('001', '009')}?mchid=${merchant.mchid}`)).status).toBe(404)
  })

  test('a key that the platform has not got is refused', async () => {
    const headers = merchant.authorize('GET', query(), '')
    expect((await sent({ ...headers, 'wechatpay-serial': 'PUB_KEY_ID_1' })).code).toBe('PARAM_ERROR')
  })
})
