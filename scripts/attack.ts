import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Attempt, targetAt } from './attack/attack.ts'
import { forgeActions, forgeRequests } from './attack/forge-requests.ts'
import { inject } from './attack/inject.ts'
import { leadAstray } from './attack/lead-astray.ts'
import { lookForSecrets } from './attack/look-for-secrets.ts'
import { missHeaders, pretend } from './attack/pretend.ts'
import { takeSettingsOfShop } from './start/beside-shop.ts'

// `npm run attack -- [--url https://localhost:3443] [--log FILE] [--scan]`: attacks a shop of your own that runs, with a
// bounded number of requests, one at a time. `--scan` adds wapiti and sslscan where Debian's are installed. Exit 1 when
// anything broke. For https by an own authority set NODE_EXTRA_CA_CERTS to its root certificate.

const { values } = parseArgs({
  options: { url: { type: 'string' }, log: { type: 'string' }, scan: { type: 'boolean', default: false } },
})
takeSettingsOfShop()
const url = (values.url ?? process.env['PUBLIC_URL'] ?? '').replace(/\/$/, '')
const { hostname, port, protocol } = new URL(url)
if (!/^(localhost|127\.|\[::1\])/.test(hostname) && !process.env['ATTACK_MY_OWN_SHOP']) {
  console.error(`${hostname} is not this machine: set ATTACK_MY_OWN_SHOP=yes when the shop is yours.`)
  process.exit(2)
}
const target = targetAt(url)
const rounds: readonly (readonly [string, () => Promise<Attempt[]> | Attempt[]])[] = [
  ['forged requests', () => forgeRequests(target)],
  ['forged actions', () => forgeActions(target)],
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
if (values.scan) scan()
process.exit(broken > 0 ? 1 : 0)

function scan(): void {
  if (protocol === 'https:')
    show('sslscan', ['/usr/bin/sslscan'], ['--no-colour', '--sni-name', hostname, `${hostname}:${port || 443}`])
  show(
    'wapiti',
    ['/usr/bin/wapiti'],
    ['-u', url, '--scope', 'domain', '--max-scan-time', '180', '--verify-ssl', '0', '-v', '1'],
  )
}

function show(name: string, places: readonly string[], args: readonly string[]): void {
  const program = places.find((place) => existsSync(place))
  if (!program) {
    console.log(`– ${name} is not here: apt install ${name}`)
    return
  }
  console.log(`\n${name}:`)
  spawnSync(program, args, { stdio: 'inherit', timeout: 240_000 })
}
