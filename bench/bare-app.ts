import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve(import.meta.dirname, 'bare-app')
const next = resolve(import.meta.dirname, '../node_modules/next/dist/bin/next')

async function run(args: readonly string[]): Promise<void> {
  const [code] = await once(spawn(process.execPath, [next, ...args], { stdio: 'ignore' }), 'exit')
  if (code !== 0) throw new Error(`next ${args.join(' ')} ended with ${code}`)
}

const START_MS_AT_MOST = 30_000

async function answers(url: string, process: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_MS_AT_MOST
  for (;;) {
    if (performance.now() > deadline) throw new Error(`The bare app does not answer 200 at ${url}.`)
    if (process.exitCode !== null) throw new Error('The bare app ended before it answered.')
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (up) return
    await new Promise((done) => setTimeout(done, 100))
  }
}

/**
 * Builds (once) and starts the bare Next app, the yardstick of every ratio: one static page at `/`, one handler at
 * `POST /empty` that does nothing.
 */
export async function startBareApp(port: number): Promise<{ url: string; stop: () => Promise<void> }> {
  if (!existsSync(resolve(folder, '.next/BUILD_ID'))) await run(['build', folder])
  const server = spawn(process.execPath, [next, 'start', folder, '-p', String(port), '-H', '127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  }
  try {
    await answers(url, server)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}
