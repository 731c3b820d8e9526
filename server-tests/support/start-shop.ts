import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { expect } from 'vitest'
import { type NodeProcess, startNode } from './start-node.ts'

export type Shop = NodeProcess & { readonly url: string }

/** A web process of the last build, as it runs in production, on a free port. */
export async function startShop(environment: Record<string, string> = {}): Promise<Shop> {
  if (!existsSync('.next/BUILD_ID')) throw new Error('These tests need a build: run `npm run build` first.')
  const port = await freePort()
  const command = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)]
  const shop = startNode(command, environment)
  const url = `http://127.0.0.1:${port}`
  await expect
    .poll(() => fetch(`${url}/api/health`).then((answer) => answer.status, shop.output), { timeout: 30_000 })
    .toBe(200)
  return { ...shop, url }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}
