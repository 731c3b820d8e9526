// Brings up the whole shop. Plain JavaScript of old, so that a Node that is too old still reads the sentence below.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SERVER_ONLY = '--conditions=react-server'
const self = fileURLToPath(import.meta.url)
const bundled = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)
const readsTypeScript = major > 22 || (major === 22 && minor >= 18)

if (major < 20) {
  refuse(
    `Comptoir needs Node 20 or newer and this is ${process.version}: install a newer one, then run npm ci && npm start.`,
  )
} else if (readsTypeScript && process.execArgv.includes(SERVER_ONLY)) {
  // Without the launcher that started this one nobody would hear Ctrl-C.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  import('./start/start-shop.ts').then(
    ({ startShop }) => startShop(process.argv.slice(2)),
    (error) => {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
      refuse(`What the shop is made of is not complete (${error.message}): run npm ci, then npm start.`)
    },
  )
} else if (readsTypeScript || existsSync(bundled)) {
  const node = readsTypeScript ? process.execPath : bundled
  const again = spawn(node, [SERVER_ONLY, self, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => again.kill(signal))
  again.once('error', ({ message }) => refuse(`${node} does not start (${message}): run npm ci again.`))
  again.once('exit', (code) => {
    process.exitCode = code === null ? 1 : code
  })
} else {
  refuse('The Node that comes with the shop is missing: run npm ci, with install scripts allowed, then npm start.')
}

function refuse(sentence) {
  console.error(sentence)
  process.exit(1)
}
