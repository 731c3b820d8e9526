import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findBrowser } from '../browser/find-browser.ts'

const SCAN_MS = 240_000

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
  spawnSync(program, args, { stdio: 'inherit', timeout: SCAN_MS })
}

/** Which versions and suites of TLS the front speaks. */
export function scanTls({ protocol, hostname, port }: URL): void {
  if (protocol !== 'https:') console.log('– sslscan NOT RUN: this address is http.')
  else show('sslscan', ['--no-colour', `--sni-name=${hostname}`, `${hostname}:${port || 443}`])
}

/** All modules of wapiti on pages that are not many times the same. */
export const scanPages = (url: string): void =>
  show('wapiti', [
    ...['-u', `${url}/en/search`, '-s', `${url}/en/account/sign-in`, '--scope', 'domain', '-m', 'all'],
    ...['-x', `${url}/_next/*`, '-x', `${url}/*/filter*`, '-x', `${url}/fr/*`, '-x', `${url}/zh/*`],
    ...['--max-scan-time', '40', '--max-attack-time', '10', '--flush-session', '--verify-ssl', '0', '-v', '1'],
  ])

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN

/** How long others wait for a page, in milliseconds, at 95 %. */
async function othersWait(url: string, times: number): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const began = performance.now()
    await (await fetch(`${url}/en/search?q=tea`)).text()
    took.push(performance.now() - began)
  }
  return percentile(took, 0.95)
}

/** 200 connections that send their head, then their body, letter by letter; prints what others wait meanwhile. */
export async function sendSlowly(url: string): Promise<void> {
  const program = programOf('slowhttptest')
  if (!program) return
  const quiet = await othersWait(url, 60)
  for (const [name, kind] of [
    ['heads', '-H'],
    ['bodies', '-B'],
  ] as const) {
    const path = kind === '-B' ? '/api/cart' : '/en'
    const attack = spawn(program, [kind, '-c', '200', '-r', '100', '-i', '5', '-l', '20', '-u', url + path], {
      stdio: 'ignore',
    })
    const ended = new Promise((done) => attack.once('exit', done))
    const busy = await othersWait(url, 100)
    attack.kill()
    await ended
    console.log(`slow ${name}: 95 % of others within ${busy.toFixed(0)} ms, ${quiet.toFixed(0)} ms before`)
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
    timeout: SCAN_MS,
    env: {
      ...process.env,
      E2E_BASE_URL: url,
      E2E_DATABASE_URL: settings['DATABASE_URL'],
      E2E_AUTH_SECRET: settings['AUTH_SECRET'],
    },
  })
}
