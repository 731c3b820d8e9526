import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve } from '../../http/serve.ts'
import { answerSandbox } from '../../switchboard/answer-sandbox.ts'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../../testing/test-sandbox.ts'

let sandbox: TestSandbox
let server: Server
let shop: Server
const seen: Record<string, unknown>[] = []

const portOf = (of: Server) => (of.address() as AddressInfo).port

beforeAll(async () => {
  sandbox = openTestSandbox()
  server = await serve(0, (incoming) => answerSandbox(sandbox, incoming))
  shop = createServer((incoming, response) => {
    seen.push({ ...incoming.headers, url: incoming.url, method: incoming.method })
    if (incoming.url === '/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: first\n\n')
      return
    }
    if (incoming.url === '/away') {
      response.writeHead(303, {
        location: `${sandbox.publicUrl}/connect/oauth2/authorize?a=1`,
        'set-cookie': ['a=1', 'b=2'],
      })
      response.end()
      return
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "script-src 'self' 'nonce-abc'",
    })
    response.end('<!doctype html><html><head lang="zh"><title>店</title></head></html>')
  }).listen(0, '127.0.0.1')
  await once(shop, 'listening')
})
afterAll(async () => {
  server.closeAllConnections()
  shop.closeAllConnections()
  server.close()
  shop.close()
  sandbox.close()
  removeTestFolders()
})

const host = () => `${portOf(shop)}.wechat.localhost:${portOf(server)}`

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port: portOf(server), path, method, headers: { host: host(), ...headers } }, resolve)
      .on('error', reject)
      .end()
  })
}

test('a page of the shop comes with the bridge under its own nonce, and the shop sees WeChat', async () => {
  const response = await get('/zh?a=1', {
    origin: `http://${host()}`,
    referer: `http://${host()}/zh`,
    cookie: 'x=1',
    'sec-ch-ua-mobile': '?0',
  })
  const page = (await buffer(response)).toString()
  expect(page).toContain('<head lang="zh"><script src="/wechat/bridge.js" nonce="abc"></script><title>店</title>')
  expect(Number(response.headers['content-length'])).toBe(Buffer.byteLength(page))
  const shopUrl = `http://localhost:${portOf(shop)}`
  expect(seen.at(-1)).toMatchObject({
    url: '/zh?a=1',
    host: `localhost:${portOf(shop)}`,
    origin: shopUrl,
    referer: `${shopUrl}/zh`,
    cookie: 'x=1',
  })
  expect(seen.at(-1)?.['user-agent']).toContain('MicroMessenger')
  expect(seen.at(-1)).not.toHaveProperty('sec-ch-ua-mobile')
  expect((await buffer(await get('/wechat/bridge.js'))).toString()).toContain('WeixinJSBridge')
})

test('a redirect to WeChat stays inside, with all its cookies', async () => {
  const response = await get('/away')
  response.resume()
  expect(response.headers['location']).toBe(`http://${host()}/connect/oauth2/authorize?a=1`)
  expect(response.headers['set-cookie']).toEqual(['a=1', 'b=2'])
})

test('so does the way back from the login', async () => {
  const { appid } = JSON.parse(readFileSync(`${sandbox.folder}/wechatpay/merchant.json`, 'utf8'))
  const back = `http://localhost:${portOf(shop)}/api/login/wechatpay`
  const query = new URLSearchParams({ appid, redirect_uri: back, response_type: 'code', scope: 'snsapi_base' })
  const response = await get(`/connect/oauth2/authorize?${query}`)
  response.resume()
  expect(response.headers['location']).toMatch(new RegExp(`^http://${host()}/api/login/wechatpay\\?code=`))
})

test('a stream comes as it is sent, and ends with the visitor', async () => {
  const response = await get('/stream')
  const [chunk] = await response.take(1).toArray()
  expect(String(chunk)).toBe('data: first\n\n')
  response.destroy()
})

test('where no shop answers, it says so', async () => {
  const response = await get('/', { host: `1025.wechat.localhost:${portOf(server)}` })
  expect(response.statusCode).toBe(502)
  response.resume()
})
