import { createServer, request, Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STATUS_HEADER } from './status-header.ts'
import { REQUEST_HEADER, sayActionBegun, sayTooOften } from './tell-server.ts'
import { giveTrueStatuses } from './true-status.ts'

let server: Server
let answer: (response: ServerResponse, name: string) => void

const { emit } = Server.prototype

beforeAll(async () => {
  giveTrueStatuses()
  server = createServer((asked, response) => {
    answer(response, String(asked.headers[REQUEST_HEADER]))
    response.end('x')
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
})
afterAll(() => {
  Server.prototype.emit = emit
  server.close()
})

const ask = (method: string, path: string) =>
  new Promise<{ status: number | undefined; said: unknown; retryAfter: unknown }>((done, fail) => {
    const { port } = server.address() as AddressInfo
    const sent = request({ port, path, method, headers: { [REQUEST_HEADER]: 'of a stranger' } }, (got) => {
      got
        .resume()
        .on('end', () =>
          done({ status: got.statusCode, said: got.headers[STATUS_HEADER], retryAfter: got.headers['retry-after'] }),
        )
    })
    sent.on('error', fail).end()
  })

test('a page is answered what the proxy said, and nobody sees the word for it', async () => {
  answer = (response) => response.setHeader(STATUS_HEADER, '403')
  expect(await ask('GET', '/en/admin/staff')).toMatchObject({ status: 403, said: undefined })
})

test('an action that was tried too often is answered 429, with the time to come back', async () => {
  answer = (_, name) => sayTooOften(new Headers({ [REQUEST_HEADER]: name }), 90)
  expect(await ask('POST', '/en/account')).toMatchObject({ status: 429, retryAfter: '90' })
  answer = (response) => response.setHeader('retry-after', '60')
  expect(await ask('POST', '/en/of-another-page')).toMatchObject({ status: 429, retryAfter: '60' })
  answer = () => undefined
  expect(await ask('POST', '/en/account')).toMatchObject({ status: 200, retryAfter: undefined })
})

test('what failed, or leads on, keeps its status', async () => {
  answer = (response) => {
    response.setHeader(STATUS_HEADER, '403')
    response.statusCode = 307
  }
  expect((await ask('GET', '/en/admin/staff')).status).toBe(307)
})

test.each([
  ['POST', '/en/account', false, 400],
  ['POST', '/en/account', true, 500],
  ['GET', '/en/account', false, 500],
  ['POST', '/api/notify/alipay', false, 500],
])('%s %s whose action began: %s, ended with 500: %i', async (method, path, began, status) => {
  answer = (response, name) => {
    if (began) sayActionBegun(new Headers({ [REQUEST_HEADER]: name }))
    response.statusCode = 500
  }
  expect((await ask(method, path)).status).toBe(status)
})
