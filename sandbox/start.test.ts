import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test } from 'vitest'
import { reasonNotToStart } from './may-start.ts'

const folder = mkdtempSync(join(tmpdir(), 'comptoir-sandbox-start-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}

function start(port: number, environment: Record<string, string> = {}): ChildProcess {
  return spawn(
    process.execPath,
    [new URL('start.ts', import.meta.url).pathname, '--port', `${port}`, '--folder', folder],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    },
  )
}

async function firstLine(sandbox: ChildProcess): Promise<string> {
  if (!sandbox.stdout) throw new Error('no output')
  const [line] = await once(createInterface(sandbox.stdout), 'line')
  return line
}

const statusFor = (port: number, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path: '/api/book', headers: { host } }, (response) =>
      resolve(response.resume().statusCode),
    )
      .on('error', reject)
      .end()
  })

test('starts, keeps its keys to itself, answers loopback names only, stops on SIGTERM, and knows everything at the next start', async () => {
  const port = await freePort()
  const first = start(port)
  const ready = JSON.parse(await firstLine(first))
  expect(ready).toMatchObject({ ready: true, url: `http://127.0.0.1:${port}` })
  const { merchantFile } = ready.gateways.alipay
  const merchant = readFileSync(merchantFile, 'utf8')
  for (const secret of [
    merchantFile,
    join(folder, 'alipay/merchant-private-key.pem'),
    join(folder, 'alipay/gateway-private-key.pem'),
    ready.gateways.unionpay.merchantFile,
    join(folder, 'unionpay/acp_sandbox_sign.pfx'),
    join(folder, 'unionpay/gateway-1.key'),
  ])
    expect(statSync(secret).mode & 0o077).toBe(0)
  expect(await statusFor(port, 'localhost')).toBe(200)
  expect(await statusFor(port, 'evil.example')).toBe(403)
  await fetch(`${ready.url}/api/clock`, { method: 'POST', body: '{"offset_ms":7000}' })

  const idle = connect(port, '127.0.0.1')
  idle.on('error', () => {})
  first.kill('SIGTERM')
  expect(await once(first, 'exit')).toEqual([0, null])

  const second = start(port, { NODE_ENV: 'production', COMPTOIR_SANDBOX: '1' })
  await firstLine(second)
  const state = await (await fetch(`${ready.url}/api/state`)).json()
  expect(state.offset_ms).toBe(7000)
  expect(readFileSync(merchantFile, 'utf8')).toBe(merchant)
  second.kill('SIGTERM')
  await once(second, 'exit')
}, 60_000)

test('says why it does not start', async () => {
  const refused = start(await freePort(), { NODE_ENV: 'production' })
  const said: Buffer[] = []
  refused.stderr?.on('data', (chunk) => said.push(chunk))
  expect(await once(refused, 'close')).toEqual([1, null])
  expect(Buffer.concat(said).toString()).toBe(
    'The sandbox gateways take pretended money and do not start with NODE_ENV=production.\n',
  )
}, 30_000)

describe('may it start', () => {
  test.each([
    [{}, true],
    [{ NODE_ENV: 'development' }, true],
    [{ NODE_ENV: 'production' }, false],
    [{ NODE_ENV: 'production', COMPTOIR_SANDBOX: '' }, false],
    [{ NODE_ENV: 'production', COMPTOIR_SANDBOX: 'true' }, false],
    [{ NODE_ENV: 'production', COMPTOIR_SANDBOX: '1' }, true],
  ])('%j: %s', (environment, may) => expect(reasonNotToStart(environment) === null).toBe(may))
})
