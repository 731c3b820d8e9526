import type postgres from 'postgres'

/** The server's processes that wait for a lock, by their numbers. */
export async function listWaiting(admin: postgres.Sql): Promise<ReadonlySet<number>> {
  const rows = await admin<{ pid: number }[]>`select distinct pid from pg_locks where not granted`
  return new Set(rows.map(({ pid }) => pid))
}

/**
 * Calls off the statement of the last one of those who wait for each other in a circle.
 * @param pids who waits, in the order in which they began to.
 * @param onVictim is told whose it is, before it ends.
 */
export async function endDeadlock(
  admin: postgres.Sql,
  pids: readonly number[],
  onVictim: (pid: number) => void,
): Promise<void> {
  const rows = await admin<{ pid: number; blockers: number[] }[]>`
    select pid, pg_blocking_pids(pid) as blockers from unnest(${[...pids]}::int[]) as pid`
  const blockersOf = new Map(rows.map(({ pid, blockers }) => [pid, blockers]))
  const victim = pids.findLast((pid) => waitsForItself(pid, blockersOf))
  if (victim === undefined) return
  onVictim(victim)
  await admin`select pg_cancel_backend(${victim})`
}

function waitsForItself(pid: number, blockersOf: ReadonlyMap<number, readonly number[]>): boolean {
  const seen = new Set<number>()
  const ahead = [...(blockersOf.get(pid) ?? [])]
  for (const next of ahead) {
    if (next === pid) return true
    if (seen.has(next)) continue
    seen.add(next)
    ahead.push(...(blockersOf.get(next) ?? []))
  }
  return false
}
