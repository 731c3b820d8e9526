import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { reasonNotToStart } from './may-start.ts'
import { startSandbox } from './start-sandbox.ts'

/**
 * `node sandbox/start.ts [--port 3220] [--folder .data/sandbox] [--public-url http://127.0.0.1:3220] [--speed 60] [--seed N]`
 * Prints one line of JSON when it is ready, and stops cleanly on SIGTERM or SIGINT.
 */
async function main(): Promise<void> {
  const refusal = reasonNotToStart(process.env)
  if (refusal) throw new Error(refusal)
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '3220' },
      folder: { type: 'string', default: '.data/sandbox' },
      'public-url': { type: 'string' },
      speed: { type: 'string', default: '60' },
      seed: { type: 'string' },
    },
  })
  const port = wholeNumber('--port', values.port, 1, 65_535)
  const sandbox = await startSandbox(port, {
    folder: resolve(values.folder),
    publicUrl: (values['public-url'] ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
    speed: wholeNumber('--speed', values.speed, 1, 1_000_000),
    seed: values.seed === undefined ? undefined : wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
  })
  const gateways = sandbox.gateways.map(({ name, url, merchantFile }) => [name, { url, merchantFile }])
  console.log(JSON.stringify({ ready: true, url: sandbox.url, gateways: Object.fromEntries(gateways) }))

  const stop = () => {
    sandbox.stop().catch((error: unknown) => {
      console.error('sandbox: did not stop cleanly', error)
      process.exitCode = 1
    })
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}`)
  return value
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
