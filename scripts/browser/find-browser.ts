import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { unpackBrowser } from './unpack-browser.ts'

export type Browser = { readonly executablePath: string; readonly args: readonly string[] }

/** No sandbox, since tests also run as root; and nothing that the browser would do on the network by itself. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome']
const PLACES = [
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * A Chromium to drive, with the flags to start it with: the one of `CHROMIUM_PATH`, else an installed one that answers,
 * else the one that npm brought, which is unpacked at its first use (`CHROMIUM_PATH=bundled` asks for it).
 * @throws {Error} that says what to do when there is none.
 */
export async function findBrowser(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Browser> {
  const asked = environment['CHROMIUM_PATH'] || null
  if (asked === 'bundled') return { executablePath: await unpackBrowser(), args: ARGS }
  if (asked !== null) {
    if (!answers(asked)) throw new Error(`CHROMIUM_PATH names ${asked}, which does not run: name a Chrome or Chromium.`)
    return { executablePath: asked, args: ARGS }
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES]
  return { executablePath: candidates.find(answers) ?? (await unpackBrowser()), args: ARGS }
}

/** Some systems install a script of that name which only says how to get the browser; it does not answer. */
function answers(executable: string): boolean {
  return spawnSync(executable, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}
