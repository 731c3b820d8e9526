import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** PostgreSQL's word for "end at once, cleanly": sessions are cut, nothing needs recovery. */
const FAST_SHUTDOWN = 'SIGINT'
const STOP_WITHIN_MS = 30_000

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The server that runs on this data folder now, if one does: a process id may since have gone to another program. */
export function findPostmaster(data: string): number | null {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null
  const commandLine = `/proc/${pid}/cmdline`
  return existsSync(commandLine) && !readFileSync(commandLine, 'utf8').includes(data) ? null : pid
}

/** Ends a server and waits until it has written everything. Throws after 30 s. */
export async function stopPostmaster(pid: number): Promise<void> {
  process.kill(pid, FAST_SHUTDOWN)
  const deadline = Date.now() + STOP_WITHIN_MS
  while (isAlive(pid)) {
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL (process ${pid}) did not end within ${STOP_WITHIN_MS / 1000} s.`)
    await wait(50)
  }
}
