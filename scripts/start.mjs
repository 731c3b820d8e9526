// Brings up the whole shop. Plain JavaScript, so that a Node that is too old still reads the sentence below.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
const bundled = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))

if (major < 20) {
  console.error(
    `Comptoir needs Node 20 or newer and this is ${process.version}: install a newer one, then run npm ci && npm start.`,
  )
  process.exitCode = 1
} else if (major > 22 || (major === 22 && minor >= 18)) {
  const { startShop } = await import('./start/start-shop.ts')
  await startShop(process.argv.slice(2))
} else if (existsSync(bundled)) {
  const again = spawn(
    bundled,
    ['--conditions=react-server', fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  )
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => again.kill(signal))
  again.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
} else {
  console.error('The Node that comes with the shop is missing: run npm ci, then npm start.')
  process.exitCode = 1
}
