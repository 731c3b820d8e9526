import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { reasonOf, StartFailure } from '../start/start-failure.ts'
import { commandOf, identityOf, type RunAs } from './run-as.ts'

/**
 * Sorting and case are PostgreSQL's own (`builtin`), the same on every system. pg_trgm still asks the C library which
 * characters are letters, and under `C` it drops é and 茶 from its trigrams; so the first of these that the system has.
 */
const LETTERS_OF = ['C.UTF-8', 'en_US.UTF-8', 'C'] as const

/**
 * Makes the data folder when there is none. It gets its name last, so that a start that was killed in between leaves
 * nothing that looks like a database.
 * @throws {StartFailure} when initdb fails, with its reason.
 */
export async function initialiseData(runAs: RunAs, password: string): Promise<void> {
  if (existsSync(join(runAs.data, 'PG_VERSION'))) return
  const unfinished = `${runAs.data}.unfinished`
  const words = mkdtempSync(join(tmpdir(), 'comptoir-initdb-'))
  const passwordFile = join(words, 'password')
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    giveTo(runAs, words, passwordFile)
    for (const letters of LETTERS_OF) {
      rmSync(unfinished, { recursive: true, force: true })
      mkdirSync(unfinished, { mode: 0o700 })
      giveTo(runAs, unfinished)
      const complaint = await initdb(runAs, unfinished, passwordFile, letters)
      if (complaint === null) {
        rmSync(runAs.data, { recursive: true, force: true })
        return renameSync(unfinished, runAs.data)
      }
      if (!complaint.includes('invalid locale name')) throw failure(complaint)
    }
    throw failure('no usable locale')
  } finally {
    rmSync(words, { recursive: true, force: true })
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** @returns what it complained of, or null when the folder is made. */
async function initdb(runAs: RunAs, data: string, passwordFile: string, letters: string): Promise<string | null> {
  const [command, args] = commandOf(runAs, 'initdb', [
    ...['--pgdata', data, '--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...['--locale', 'C', '--lc-ctype', letters],
  ])
  const program = spawn(command, args, {
    ...identityOf(runAs),
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exit = once(program, 'exit')
  const [complaint, [code]] = await Promise.all([text(program.stderr), exit])
  return code === 0 ? null : complaint || `initdb ended with ${code}`
}

function giveTo({ uid, gid }: RunAs, ...paths: string[]): void {
  if (uid !== undefined && gid !== undefined) for (const path of paths) chownSync(path, uid, gid)
}

const failure = (complaint: string) =>
  new StartFailure(
    `PostgreSQL could not make its data folder (${reasonOf(complaint)}): set DATABASE_URL to a PostgreSQL 15 or newer, or start as another user.`,
  )
