import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'comptoir-mail-'))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function startCatcher() {
  const [smtpPort, port] = [await freePort(), await freePort()]
  const child = spawn(
    process.execPath,
    ['sandbox/mail/start.ts', '--folder', folder, '--smtp-port', `${smtpPort}`, '--port', `${port}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(child.stdout, 'data')
  return {
    smtpPort,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

afterAll(() => rmSync(folder, { recursive: true }))

test('a mail is caught, shown without running anything of it, and survives a restart', async () => {
  const first = await startCatcher()
  const transport = createTransport({ host: '127.0.0.1', port: first.smtpPort })
  await transport.sendMail({
    from: 'Comptoir <shop@example.com>',
    to: 'li@example.com',
    subject: '订单 <script>',
    html: '<p>Hello</p><script>alert(1)</script>',
    text: 'Hello',
    messageId: '<order-paid.1@shop.example>',
  })
  transport.close()
  await first.stop()

  const second = await startCatcher()
  const mails = (await (await fetch(`${second.url}/api/mails`)).json()) as { id: string }[]
  expect(mails).toMatchObject([
    { to: ['li@example.com'], subject: '订单 <script>', text: 'Hello\n', messageId: '<order-paid.1@shop.example>' },
  ])
  const page = await (await fetch(`${second.url}/mail/${mails[0]?.id}`)).text()
  expect(page).toContain('订单 &lt;script&gt;')
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
  expect(page).not.toContain('<script>')
  expect((await fetch(`${second.url}/mail/../../etc/passwd`)).status).toBe(404)
  await second.stop()
}, 20_000)
