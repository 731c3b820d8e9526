import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'

export type PgProgram = { readonly path: string; readonly version: string; readonly major: number }

/** Debian keeps the programs of each version in a folder of its own. */
const DEBIAN = '/usr/lib/postgresql/*/bin'

/** The newest `pg_dump` or `pg_restore` of this machine that knows this version of the server; null when there is none. */
export function findPgProgram(name: 'pg_dump' | 'pg_restore', serverMajor: number): PgProgram | null {
  const known = [name, ...globSync(`${DEBIAN}/${name}`)].flatMap(askVersion).filter(({ major }) => major >= serverMajor)
  return known.toSorted((a, b) => b.major - a.major)[0] ?? null
}

function askVersion(path: string): PgProgram[] {
  try {
    const said = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    const major = Number(/\) (\d+)/.exec(said)?.[1])
    return Number.isInteger(major) ? [{ path, version: said, major }] : []
  } catch {
    return []
  }
}

/** Starts one of them on this database. The password goes by the environment, where no list of processes shows it. */
function start({ path }: PgProgram, databaseUrl: string, args: readonly string[]) {
  const url = new URL(databaseUrl)
  const password = decodeURIComponent(url.password)
  url.password = ''
  const child = spawn(path, [...args, '--dbname', url.href], {
    env: { ...process.env, PGPASSWORD: password },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const complaint = text(child.stderr)
  const ended = once(child, 'exit').then(async ([code]) => {
    if (code !== 0) throw new Error(`${path} failed: ${(await complaint).trim().split('\n').slice(0, 3).join(' ')}`)
  })
  ended.catch(() => undefined)
  return { stdin: child.stdin as Writable, stdout: child.stdout as Readable, ended }
}

/** What `pg_dump` writes of one snapshot, in its custom format. @throws with its complaint when it fails. */
export async function* dump(program: PgProgram, databaseUrl: string, snapshot: string): AsyncGenerator<Uint8Array> {
  const running = start(program, databaseUrl, ['--format=custom', '--compress=0', `--snapshot=${snapshot}`])
  running.stdin.end()
  yield* running.stdout
  await running.ended
}

/** Feeds a dump to `pg_restore`, which fills an empty database in one transaction. */
export function restoreDump(program: PgProgram, databaseUrl: string): { sink: Writable; ended: Promise<void> } {
  const { stdin, stdout, ended } = start(program, databaseUrl, [
    ...['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction'],
  ])
  stdout.resume()
  return { sink: stdin, ended }
}
