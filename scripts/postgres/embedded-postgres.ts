import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { StartFailure } from '../start/start-failure.ts'
import { initialiseData } from './initialise-data.ts'
import { realPlace } from './outside-home.ts'
import { postgresFolder } from './postgres-binaries.ts'
import { findPostmaster, stopPostmaster } from './postmaster.ts'
import { commandOf, findRunAs, identityOf, type RunAs } from './run-as.ts'

export const DATABASE = 'comptoir'
const START_WITHIN_MS = 60_000

type EmbeddedOptions = {
  readonly demandPort?: (port: number) => Promise<void>
  readonly throwaway?: boolean
}

export type EmbeddedPostgres = {
  readonly url: string
  /** Where the data really is: not always in the folder that was asked for. */
  readonly data: string
  /** PostgreSQL's own process. */
  readonly process: ChildProcess
  readonly stop: () => Promise<void>
}

/**
 * Starts PostgreSQL 18 in a folder of the shop, on loopback, with a generated password (scram, kept in
 * `<folder>/password`, mode 600). A server that a killed launcher left on the same data is ended first; there are never
 * two on one folder.
 * @param folder holds `data`, `password` and `server.log`; made when it is not there.
 * @param demandPort checks the port once such a server is gone.
 * @param throwaway the data goes when the server stops, so nothing waits for the disk.
 * @throws {StartFailure} when this machine cannot run it, with what to do.
 */
export async function startEmbeddedPostgres(
  folder: string,
  port: number,
  { demandPort = async () => undefined, throwaway = false }: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const password = readOrMakePassword(join(folder, 'password'))
  const left = findPostmaster(realPlace(join(folder, 'data')))
  if (left !== null) await stopPostmaster(left)
  await demandPort(port)
  const runAs = findRunAs(postgresFolder(), join(folder, 'data'))
  await initialiseData(runAs, password)

  const url = embeddedUrl(folder, port)
  const logFile = join(folder, 'server.log')
  const server = await startOnceFree(
    () => {
      const log = openSync(logFile, 'a', 0o600)
      const launched = runServer(runAs, [...serverArguments(runAs, port), ...(throwaway ? NO_WAITING : [])], log)
      closeSync(log)
      return launched
    },
    { url, logFile },
  )
  return {
    url,
    data: runAs.data,
    process: server,
    stop: async () => {
      if (server.pid !== undefined && server.exitCode === null && server.signalCode === null)
        await stopPostmaster(server.pid)
      if (throwaway) rmSync(runAs.data, { recursive: true })
    },
  }
}

/** How to reach, as its owner, the server that runs in this folder. */
export const embeddedUrl = (folder: string, port: number): string =>
  `postgres://postgres:${readOrMakePassword(join(folder, 'password'))}@127.0.0.1:${port}/${DATABASE}`

function readOrMakePassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8').trim()
}

/**
 * No socket file: it would meet length limits and permissions, and everything here speaks TCP on loopback. A payment
 * touches about eighty tables and indexes: a session keeps that many locks to itself, instead of in the table that all
 * share, only where `max_locks_per_transaction` is as large.
 */
const serverArguments = (runAs: RunAs, port: number) => [
  ...['-D', runAs.data, '-p', String(port)],
  ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  ...['-c', 'max_connections=100', '-c', 'shared_buffers=256MB', '-c', 'max_locks_per_transaction=256'],
]
const NO_WAITING = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']

/** In a process group of its own, so that Ctrl-C reaches the launcher only and it can stop things in order. */
function runServer(runAs: RunAs, args: readonly string[], log: number): ChildProcess {
  const [command, rest] = commandOf(runAs, 'postgres', args)
  return spawn(command, rest, { ...identityOf(runAs), cwd: '/', detached: true, stdio: ['ignore', log, log] })
}

const OLD_SESSIONS_LEAVE_WITHIN_MS = 10_000

/** Sessions of a server that was killed outlive it for a moment, and as long as one does PostgreSQL starts no other. */
async function startOnceFree(launch: () => ChildProcess, { url, logFile }: { url: string; logFile: string }) {
  const deadline = Date.now() + OLD_SESSIONS_LEAVE_WITHIN_MS
  for (;;) {
    const saidBefore = existsSync(logFile) ? statSync(logFile).size : 0
    const server = launch()
    try {
      await untilReady(server, url, logFile)
      return server
    } catch (error) {
      const said = readFileSync(logFile).subarray(saidBefore).toString()
      if (!said.includes('pre-existing shared memory block') || Date.now() > deadline) throw error
      await wait(200)
    }
  }
}

async function untilReady(server: ChildProcess, url: string, logFile: string): Promise<void> {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const sql = postgres(admin.href, { max: 1, connect_timeout: 2, onnotice: () => undefined })
  const deadline = Date.now() + START_WITHIN_MS
  try {
    for (;;) {
      if (server.exitCode !== null || Date.now() > deadline)
        throw new StartFailure(`The embedded PostgreSQL did not start; its last words are in ${logFile}.`)
      const found = await sql`select 1 from pg_database where datname = ${DATABASE}`.catch(() => null)
      if (found?.length === 0) await sql`create database ${sql(DATABASE)}`
      if (found) return
      await wait(50)
    }
  } catch (error) {
    if (server.pid !== undefined && server.exitCode === null) await stopPostmaster(server.pid)
    throw error
  } finally {
    await sql.end()
  }
}
