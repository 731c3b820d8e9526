import { createServer, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readBody } from './read-body.ts'
import { layShortWays } from './short-ways.ts'

vi.mock('../log.ts', () => ({ log: { error: vi.fn() } }))

const DOOR_READS_AT_MOST = 1_000
const { emit } = Server.prototype
let server: Server
let open: () => void

beforeAll(async () => {
  open = layShortWays(
    [
      {
        path: /^\/api\/tell\/([a-z]+)$/,
        door: async () => async (request, part) => {
          const body = await readBody(request, DOOR_READS_AT_MOST)
          const said = {
            part,
            body: body && Buffer.from(body).toString(),
            locale: request.nextUrl.searchParams.get('locale'),
            cookie: request.cookies.get('cart')?.value,
          }
          const headers = new Headers({ 'referrer-policy': 'origin', 'x-peer': request.headers.get('x-peer') ?? '' })
          headers.append('set-cookie', 'a=1')
          headers.append('set-cookie', 'b=2')
          return Response.json(said, { status: body ? 201 : 413, headers })
        },
      },
      { path: /^\/api\/empty$/, door: async () => async () => new Response(null, { status: 204 }) },
      {
        path: /^\/api\/broken$/,
        door: async () => async () => {
          throw new Error('broken')
        },
      },
    ],
    [
      { key: 'x-frame-options', value: 'DENY' },
      { key: 'referrer-policy', value: 'no-referrer' },
    ],
  )
  server = createServer((request, response) => {
    request.resume()
    response.writeHead(404).end('the usual way')
  }).listen(0, '127.0.0.1')
  server.keepAliveTimeout = 60_000
  await new Promise((listening) => server.once('listening', listening))
})
afterAll(() => {
  Server.prototype.emit = emit
  server.close()
  server.closeAllConnections()
})

const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
const post = (path: string, init: RequestInit = {}) => fetch(url(path), { method: 'POST', body: 'x', ...init })

test('until they are opened, everything goes the usual way', async () => {
  expect((await post('/api/tell/a')).status).toBe(404)
  open()
  expect((await post('/api/tell/a')).status).toBe(201)
})

test('a door sees address, headers, cookies and body; its answer is sent as it is, beside the common headers', async () => {
  const answer = await post('/api/tell/alipay?locale=zh', {
    body: '付款=1',
    headers: { cookie: 'cart=secret; b=2', 'x-peer': '::1' },
  })
  expect(await answer.json()).toEqual({ part: 'alipay', body: '付款=1', locale: 'zh', cookie: 'secret' })
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.headers.get('x-frame-options')).toBe('DENY')
  expect(answer.headers.get('referrer-policy')).toBe('origin')
  expect(answer.headers.get('x-peer')).toBe('::1')
})

test('an answer without a body has none', async () => {
  const answer = await post('/api/empty')
  expect([answer.status, await answer.text()]).toEqual([204, ''])
})

test.each(['GET', 'HEAD', 'PUT', 'OPTIONS'])('%s goes the usual way', async (method) => {
  expect((await fetch(url('/api/tell/a'), { method })).status).toBe(404)
})

test.each(['/api/tell', '/api/tell/', '/api/tell/a/', '/api/tell/%61', '/api/tell/a/b', '//api/tell/a', '/API/tell/a'])(
  '%s is not to the letter and goes the usual way',
  async (path) => {
    expect((await post(path)).status).toBe(404)
  },
)

test.each([1_001, 100_000, 1_000_000])('a body of %i bytes is refused by its door, announced or not', async (bytes) => {
  const body = Buffer.alloc(bytes, 'x')
  expect((await post('/api/tell/a', { body })).status).toBe(413)
  const unannounced = { body: new Blob([body]).stream(), duplex: 'half' } as RequestInit
  expect((await post('/api/tell/a', unannounced)).status).toBe(413)
  expect((await post('/api/tell/a')).status).toBe(201)
})

test('a door that fails is answered 500, without a word of why', async () => {
  const answer = await post('/api/broken')
  expect([answer.status, await answer.text()]).toEqual([500, ''])
})
