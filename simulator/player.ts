import { readFileSync } from 'node:fs'
import postgres from 'postgres'
import { GUARD_OFF, switchOffGuard } from './guards/switch-off.ts'
import { DatabaseLine } from './platform/database-line.ts'
import { installVirtualPlatform } from './platform/virtual-platform.ts'
import type { PlayOrder } from './play-order.ts'

// A process that plays the stories which its parent orders. Clock, chance and settings are laid under the shop first:
// everything of the shop is imported after that.

switchOffGuard(process.env[GUARD_OFF])
const [databaseUrl = '', folder = ''] = process.argv.slice(2)
Object.assign(process.env, {
  DATABASE_URL: databaseUrl,
  PUBLIC_URL: 'https://shop.test',
  PAYMENTS_MODE: 'sandbox',
  ...(await makeMerchants()),
})
const own = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
await own`select 1` // connected before the line is put in between
const line = new DatabaseLine(own)
installVirtualPlatform(line)
const { openTheatre } = await import('./open-theatre.ts')
const theatre = await openTheatre({ databaseUrl, folder, own, line })

process.on('message', (order: PlayOrder) => {
  theatre.play(order).then((told) => process.send?.(told), fail)
})
// Its timers are virtual: a polite end could wait for one for ever, and it keeps nothing.
process.on('disconnect', () => process.exit(0))

function fail(error: unknown) {
  console.error(error)
  process.exit(1)
}

/** Keys are made once for all seeds. @returns what the merchant's shop is set up with. */
async function makeMerchants(): Promise<Record<string, string>> {
  const { buildSandbox } = await import('../sandbox/start-sandbox.ts')
  const { SANDBOX_URL } = await import('./platform/addresses.ts')
  const sandbox = buildSandbox({ folder, book: ':memory:', publicUrl: SANDBOX_URL, speed: 1 })
  const files = sandbox.gateways.map(({ merchantFile }) => JSON.parse(readFileSync(merchantFile, 'utf8')))
  sandbox.close()
  return Object.assign({}, ...files.map(({ environment }) => environment))
}
