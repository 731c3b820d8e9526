import { readFileSync } from 'node:fs'
import { sql } from '#db/client.ts'

/**
 * Processor time in ms that this process and its connections' servers have used, to tell what a question costs from what
 * others do on the machine. Null where PostgreSQL is elsewhere, or the system (not Linux) does not say.
 */
export async function openCpuClock(): Promise<(() => number) | null> {
  // Each connection of the pool, so that none is opened while it is measured.
  const pids = new Set<number>()
  const ask = () => sql<{ pid: number }[]>`select pg_backend_pid() as pid, pg_sleep(0.05)`
  for (const [row] of await Promise.all(Array.from({ length: sql.options.max }, ask))) if (row) pids.add(row.pid)
  const ofBackend = (pid: number) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  const read = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000 + [...pids].reduce((sum, pid) => sum + ofBackend(pid), 0)
  }
  try {
    read()
    return read
  } catch {
    return null
  }
}
