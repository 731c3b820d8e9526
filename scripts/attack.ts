import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Attempt, targetAt } from './attack/attack.ts'
import { forgeActions, forgeRequests } from './attack/forge-requests.ts'
import { inject } from './attack/inject.ts'
import { leadAstray } from './attack/lead-astray.ts'
import { lookForSecrets } from './attack/look-for-secrets.ts'
import { missHeaders, pretend } from './attack/pretend.ts'
import { lookInBrowser, scanPages, scanTls, sendSlowly } from './attack/scan.ts'
import { sendJunk } from './attack/send-junk.ts'
import { takeSettingsOfShop } from './start/beside-shop.ts'

// `npm run attack -- [--url https://localhost:3443] [--log FILE] [--scan] [--browser]`: attacks a shop of your own that
// runs, with a bounded number of requests, one at a time. `--scan` adds Debian's sslscan, wapiti and slowhttptest,
// `--browser` a look in a browser at a demonstration whose texts are markup. Exit 1 when anything broke. For https by an own authority set NODE_EXTRA_CA_CERTS to its root certificate.

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    log: { type: 'string' },
    scan: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
  },
})
takeSettingsOfShop()
const url = (values.url ?? process.env['PUBLIC_URL'] ?? '').replace(/\/$/, '')
const { hostname } = new URL(url)
if (!/^(localhost|127\.|\[::1\])/.test(hostname) && !process.env['ATTACK_MY_OWN_SHOP']) {
  console.error(`${hostname} is not this machine: set ATTACK_MY_OWN_SHOP=yes when the shop is yours.`)
  process.exit(2)
}
const target = targetAt(url)
const rounds: readonly (readonly [string, () => Promise<Attempt[]> | Attempt[]])[] = [
  ['forged requests', () => forgeRequests(target)],
  ['forged actions', () => forgeActions(target)],
  ['junk for actions', () => sendJunk(target)],
  ['open redirects', () => leadAstray(target)],
  ['pretended headers', () => pretend(target)],
  ['missing headers', () => missHeaders(target)],
  ['injected markup', () => inject(target)],
  ['secrets in sight', () => lookForSecrets(process.env, values.log ?? null)],
]
let broken = 0
for (const [name, run] of rounds) {
  const attempts = await run()
  const hits = attempts.filter(({ broke }) => broke !== null)
  broken += hits.length
  console.log(
    `${hits.length === 0 ? '✓' : '✗'} ${name.padEnd(18)} ${attempts.length} tried, ${hits.length} broke something`,
  )
  for (const { what, broke } of hits.slice(0, 10)) console.log(`    ${what}: ${broke}`)
}
if (values.scan) {
  scanTls(new URL(url))
  broken += scanPages(url).length
  await sendSlowly(url)
}
if (values.browser) await lookInBrowser(url, { ...process.env, AUTH_SECRET: authSecretOfShop() })
process.exit(broken > 0 ? 1 : 0)

/** The one of the settings, or the one that the first start has made. */
function authSecretOfShop(): string | undefined {
  const kept = `${process.env['DATA_DIR'] ?? '.data'}/auth-secret`
  return process.env['AUTH_SECRET'] ?? (existsSync(kept) ? readFileSync(kept, 'utf8').trim() : undefined)
}
