import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StartFailure } from '../start/start-failure.ts'

/** How PostgreSQL's programs are run here: it refuses to run as root, so root needs a detour. */
export type RunAs = {
  readonly way: 'ourselves' | 'user namespace' | 'own user'
  /** Where the programs and the data are for that way. */
  readonly programs: string
  readonly data: string
  /** What stands before the program and its arguments. */
  readonly prefix: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

const isRoot = () => process.getuid?.() === 0
const NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000'] as const
const USER = 'postgres'

/**
 * Finds a way that works on this machine.
 * As root: a user namespace, in which our files are not root's; where that is forbidden, a system user, with programs
 * and data in a folder that it can enter.
 */
export function findRunAs(programs: string, data: string): RunAs {
  if (!isRoot()) return { way: 'ourselves', programs, data, prefix: [] }
  if (namespacesWork()) {
    giveTo(data, 0, 0)
    return { way: 'user namespace', programs, data, prefix: NAMESPACE }
  }
  const { uid, gid } = systemUser()
  const place = canEnter(uid, gid, programs, resolve(data, '..')) ? { programs, data } : copyOutside(programs, data)
  giveTo(place.data, uid, gid)
  return { way: 'own user', prefix: [], uid, gid, ...place }
}

function namespacesWork(): boolean {
  const [program, ...args] = NAMESPACE
  return spawnSync(program, [...args, 'true'], { stdio: 'ignore' }).status === 0
}

function systemUser(): { uid: number; gid: number } {
  const find = () =>
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find(([name]) => name === USER)
  try {
    if (!find())
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', USER], {
        stdio: 'ignore',
      })
  } catch {
    // Told below, in words of use to the person who started the shop.
  }
  const [, , uid, gid] = find() ?? []
  if (uid === undefined || gid === undefined)
    throw new StartFailure(
      'PostgreSQL does not run as root, and neither a user namespace nor a system user can be made here: start as another user, or set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  return { uid: Number(uid), gid: Number(gid) }
}

function canEnter(uid: number, gid: number, ...folders: string[]): boolean {
  return folders.every((folder) => spawnSync('test', ['-x', folder], { uid, gid, cwd: '/' }).status === 0)
}

/** A folder per project below /var/lib: the programs are copied, the data lives there from now on. */
function copyOutside(programs: string, data: string): { programs: string; data: string } {
  const home = join('/var/lib', `comptoir-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`)
  const copied = join(home, 'programs')
  mkdirSync(home, { recursive: true, mode: 0o755 })
  if (!existsSync(join(copied, 'bin/postgres'))) cpSync(programs, copied, { recursive: true, verbatimSymlinks: true })
  return { programs: copied, data: join(home, 'data') }
}

/** Data that another way has written belongs to another user; the whole tree changes hands, once. */
function giveTo(folder: string, uid: number, gid: number): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (
    lstatSync(folder).uid === uid &&
    (!existsSync(join(folder, 'PG_VERSION')) || lstatSync(join(folder, 'PG_VERSION')).uid === uid)
  )
    return
  chownSync(folder, uid, gid)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), uid, gid)
}

/** The command line that runs one of PostgreSQL's programs this way. */
export function commandOf(runAs: RunAs, program: string, args: readonly string[]): [command: string, args: string[]] {
  const [command = '', ...rest] = [...runAs.prefix, join(runAs.programs, 'bin', program), ...args]
  return [command, rest]
}

/** Whom the process runs as, in the words of `spawn`. */
export const identityOf = ({ uid, gid }: RunAs) => (uid === undefined || gid === undefined ? {} : { uid, gid })
