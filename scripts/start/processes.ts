import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const LIFELINE = new URL('./lifeline.mjs', import.meta.url).href
/** More than the worker gives its jobs to come to their end. */
const STOP_WITHIN_MS = 25_000

export type ShopProcess = {
  readonly name: string
  readonly child: ChildProcess
  /** What it said on stdout that was not shown yet. */
  readonly heldWords: () => string
  /** Shows all that it said and will say. */
  readonly showAll: () => void
  /** Shows what it says from now on, and its complaints so far. */
  readonly showFromNow: () => void
}

/**
 * Starts a Node program of the shop in a process group of its own: Ctrl-C reaches the launcher alone, which then stops
 * everything in order. What it says is held back at first, so that a good start is quiet and a bad one is not.
 */
export function startNode(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ShopProcess {
  const child = spawn(process.execPath, ['--import', LIFELINE, ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...environment, LAUNCHER_PID: String(process.pid) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  })
  const stdout = holdBack(child.stdout, process.stdout)
  const stderr = holdBack(child.stderr, process.stderr)
  const showAll = () => {
    stdout.show(true)
    stderr.show(true)
  }
  const showFromNow = () => {
    stdout.show(false)
    stderr.show(true)
  }
  return { name, child, heldWords: stdout.words, showAll, showFromNow }
}

/** Keeps what a stream says until it is shown; `show(false)` forgets what it said before. */
function holdBack(from: Readable | null, to: NodeJS.WriteStream) {
  const held: Buffer[] = []
  let shown = false
  from?.on('data', (words: Buffer) => (shown ? to.write(words) : held.push(words)))
  return {
    words: () => Buffer.concat(held).toString(),
    show: (past: boolean) => {
      shown = true
      for (const words of held.splice(0)) if (past) to.write(words)
    },
  }
}

export const hasEnded = ({ child }: ShopProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** Asks a process to end, and makes it end after 25 s; what it started and left behind ends with it. */
export async function stopProcess(shopProcess: ShopProcess): Promise<void> {
  const { child } = shopProcess
  if (!hasEnded(shopProcess)) {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
    await ended
    clearTimeout(force)
  }
  if (child.pid !== undefined) endGroup(child.pid)
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // The group is empty, as it should be.
  }
}
