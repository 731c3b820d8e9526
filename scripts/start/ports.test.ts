import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { demandFreePort, findFreePort } from './ports.ts'

async function occupy(port: number) {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

test('a port in use is told with the setting that moves us elsewhere', async () => {
  const port = await findFreePort()
  const server = await occupy(port)
  await expect(demandFreePort({ host: '127.0.0.1', port, setting: 'PORT' }, 'the shop')).rejects.toThrow(
    `Port ${port}, meant for the shop, is in use: stop what runs there, or set PORT to another port.`,
  )
  server.close()
})

test('who is about to leave is waited for', async () => {
  const port = await findFreePort()
  const server = await occupy(port)
  const free = demandFreePort({ host: '127.0.0.1', port, setting: 'PORT' }, 'the shop', 10_000)
  server.close()
  await expect(free).resolves.toBeUndefined()
})

test('an address of another machine is told as such', async () => {
  await expect(demandFreePort({ host: '203.0.113.9', port: 3000, setting: 'PORT' }, 'the shop')).rejects.toThrow('HOST')
})
