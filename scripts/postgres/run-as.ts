import { spawnSync } from 'node:child_process'
import { chownSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf, StartFailure } from '../start/start-failure.ts'
import { copyPrograms, moveOutside, realPlace } from './outside-home.ts'
import { findSystemUser } from './system-user.ts'

/** How PostgreSQL's programs are run here: it refuses to run as root, so root needs a detour. */
export type RunAs = {
  /** Where the programs and the data are for that way. */
  readonly programs: string
  readonly data: string
  /** What stands before the program and its arguments. */
  readonly prefix: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

const NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000'] as const

/**
 * Finds a way that works on this machine.
 * As root: a user namespace, in which our files are not root's; where that is forbidden, a system user, with programs
 * and data in a folder that it can enter. Data that one way has made goes on with the other.
 * @throws {StartFailure} when no way works.
 */
export function findRunAs(programs: string, data: string): RunAs {
  if (process.getuid?.() !== 0) return { programs, data, prefix: [] }
  if (namespacesWork()) {
    const place = realPlace(data)
    giveTo(place, 0, 0)
    return { programs, data: place, prefix: NAMESPACE }
  }
  try {
    const { uid, gid } = findSystemUser()
    const place = moveOutside(data)
    giveTo(place, uid, gid)
    return { programs: copyPrograms(programs), data: place, prefix: [], uid, gid }
  } catch (error) {
    throw new StartFailure(
      `PostgreSQL does not run as root, and this system allows neither a user namespace nor another user (${reasonOf(error)}): start as another user, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

function namespacesWork(): boolean {
  const [program, ...args] = NAMESPACE
  return spawnSync(program, [...args, 'true'], { stdio: 'ignore' }).status === 0
}

/** Data that another way has written belongs to another user; the whole tree changes hands, once. */
function giveTo(folder: string, uid: number, gid: number): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (lstatSync(folder).uid === uid) return
  // The folder itself comes last: a change that was cut off is then made again.
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), uid, gid)
  chownSync(folder, uid, gid)
}

/** The command line that runs one of PostgreSQL's programs this way. */
export function commandOf(runAs: RunAs, program: string, args: readonly string[]): [command: string, args: string[]] {
  const [command = '', ...rest] = [...runAs.prefix, join(runAs.programs, 'bin', program), ...args]
  return [command, rest]
}

/** Whom the process runs as, in the words of `spawn`. */
export const identityOf = ({ uid, gid }: RunAs) => (uid === undefined || gid === undefined ? {} : { uid, gid })
