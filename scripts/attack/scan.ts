import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import { findBrowser } from '../browser/find-browser.ts'

/** A look in a browser, and a scanner with its twenty modules of at most two and a half minutes. */
const LOOK_MS = 240_000
const SCAN_MS = 3_600_000

/** Debian's program of this name, or null after saying how to get it. */
function programOf(name: string): string | null {
  const place = `/usr/bin/${name}`
  if (existsSync(place)) return place
  console.log(`– ${name} NOT RUN: it is not here. \`apt install ${name}\``)
  return null
}

function show(name: string, args: readonly string[]): void {
  const program = programOf(name)
  if (!program) return
  console.log(`\n${name}:`)
  spawnSync(program, args, { stdio: 'inherit', timeout: LOOK_MS })
}

/** Which versions and suites of TLS the front speaks. */
export function scanTls({ protocol, hostname, port }: URL): void {
  if (protocol !== 'https:') console.log('– sslscan NOT RUN: this address is http.')
  else show('sslscan', ['--no-colour', `--sni-name=${hostname}`, `${hostname}:${port || 443}`])
}

const Report = z.object({
  vulnerabilities: z.record(z.string(), z.array(z.object({ level: z.number(), path: z.string(), info: z.string() }))),
})
/**
 * What wapiti is known to say, each with why it stays. It grades the policy of prerendered pages for its inline scripts:
 * what stands between these pages and foreign markup is in docs/security.md, and `npm run attack` itself tries it.
 */
const KNOWN: readonly (readonly [category: RegExp, info: RegExp, why: string])[] = [
  [/Content Security Policy/, /script-src/, 'prerendered pages carry no nonce; see Headers in docs/security.md'],
  [/Cross Site Request Forgery/, /./, 'the proof of origin takes the place of a token: "forged requests" above'],
  [/HTTP Secure Headers/, /X-XSS-Protection/, 'browsers have dropped it'],
  [/HTTP Secure Headers/, /Strict-Transport-Security/, 'asked over http, where it must not be'],
  [/Fingerprint/, /./, 'that it is Next is told by its file names'],
]

/** All modules of wapiti, bounded. @returns what it graded high or medium and we have no reason for. */
export function scanPages(url: string): readonly string[] {
  const program = programOf('wapiti')
  if (!program) return []
  const file = join(mkdtempSync(join(tmpdir(), 'wapiti-')), 'report.json')
  console.log('\nwapiti, which takes up to half an hour:')
  // No exclusions: under Python 3.11 each pattern of Debian's wapiti is an expression that does not compile.
  const args = [
    ...['-n', '19', program, '-u', `${url}/en/search`, '-s', `${url}/en/account/sign-in`, '-s', `${url}/en/find-order`],
    ...['-s', `${url}/en/account/create`, '-s', `${url}/en/checkout`, '--scope', 'domain', '-m', 'all'],
    ...['--max-scan-time', '75', '--max-attack-time', '150', '--max-links-per-page', '40', '--max-files-per-dir', '12'],
    ...['--flush-session', '--verify-ssl', '0', '-v', '0', '-f', 'json', '-o', file],
  ]
  spawnSync('nice', args, { stdio: 'ignore', timeout: SCAN_MS })
  if (!existsSync(file)) {
    console.log('  it did not come to its end')
    return ['wapiti did not come to its end']
  }
  const { vulnerabilities } = Report.parse(JSON.parse(readFileSync(file, 'utf8')))
  const found = Object.entries(vulnerabilities).flatMap(([category, all]) => all.map((one) => ({ category, ...one })))
  const kinds = new Map<string, { readonly times: number; readonly why: string | null }>()
  for (const { category, info } of found) {
    const why = KNOWN.find(([kind, said]) => kind.test(category) && said.test(info))?.[2] ?? null
    const kind = `${category}: ${info.slice(0, 80)}`
    kinds.set(kind, { times: (kinds.get(kind)?.times ?? 0) + 1, why })
  }
  for (const [kind, { times, why }] of kinds)
    console.log(`  ${why ? '–' : '✗'} ${times} x ${kind}${why ? ` (${why})` : ''}`)
  if (kinds.size === 0) console.log('  ✓ found nothing')
  return [...kinds].flatMap(([kind, { why }]) => (why === null ? [kind] : []))
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN

/** How long others waited for a page, in milliseconds, while `ms` passed. */
async function othersWait(url: string, ms: number): Promise<number[]> {
  const took: number[] = []
  for (const end = performance.now() + ms; performance.now() < end; await wait(50)) {
    const began = performance.now()
    await (await fetch(`${url}/en/search?q=tea`)).text()
    took.push(performance.now() - began)
  }
  return took
}

/** A notification's body is read before anybody can say whose it is; other doors refuse without reading. */
const SLOW = [
  ['heads', ['-H'], '/en'],
  ['bodies', ['-B'], '/api/notify/alipay'],
  ['readers', ['-X', '-n', '5', '-z', '32', '-w', '1', '-y', '64'], '/en'],
] as const
const ROUNDS = 3
const ROUND_MS = 6_000

/**
 * 200 connections that send their head, then their body, then read the answer, letter by letter; prints what others wait
 * meanwhile. Quiet and slow rounds take turns, so that what else the machine does is in both.
 */
export async function sendSlowly(url: string): Promise<void> {
  const program = programOf('slowhttptest')
  if (!program) return
  await othersWait(url, 2_000)
  for (const [name, kind, path] of SLOW) {
    const [quiet, slow]: [number[], number[]] = [[], []]
    let connected = 0
    for (let round = 0; round < ROUNDS; round++) {
      quiet.push(...(await othersWait(url, ROUND_MS)))
      const seconds = String(ROUND_MS / 1_000 + 5)
      const attack = spawn('nice', [
        '-n',
        '19',
        program,
        ...kind,
        '-c',
        '200',
        '-r',
        '200',
        '-i',
        '5',
        '-l',
        seconds,
        '-u',
        url + path,
      ])
      let said = ''
      attack.stdout.on('data', (words) => {
        said += words
      })
      const ended = new Promise((done) => attack.once('exit', done))
      slow.push(...(await othersWait(url, ROUND_MS)))
      attack.kill('SIGINT')
      await ended
      connected = Math.max(
        connected,
        ...[...stripVTControlCharacters(said).matchAll(/connected:\D*?(\d+)\s*$/gm)].map(([, count]) => Number(count)),
      )
    }
    const [before, during] = [percentile(quiet, 0.95), percentile(slow, 0.95)]
    console.log(
      connected === 0
        ? `✗ slow ${name}: slowhttptest could not connect, so nothing was tried`
        : `${during < 2 * before ? '✓' : '✗'} slow ${name}: ${connected} connections, 95 % of others within ${during.toFixed(0)} ms, ${before.toFixed(0)} ms without`,
    )
  }
}

/** Writes markup wherever people write, and looks at the pages in a browser: only where no money moves. */
export async function lookInBrowser(
  url: string,
  settings: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (settings['PAYMENTS_MODE'] !== 'sandbox') {
    console.log('– the browser NOT RUN: it writes into the database, and this is no demonstration.')
    return
  }
  await findBrowser()
  spawnSync('npx', ['playwright', 'test', '--config', 'e2e/playwright.config.ts', 'markup'], {
    stdio: 'inherit',
    timeout: LOOK_MS,
    env: {
      ...process.env,
      E2E_BASE_URL: url,
      E2E_DATABASE_URL: settings['DATABASE_URL'],
      E2E_AUTH_SECRET: settings['AUTH_SECRET'],
    },
  })
}
