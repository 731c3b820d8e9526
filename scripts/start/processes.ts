import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const LIFELINE = new URL('./lifeline.mjs', import.meta.url).href
const STOP_WITHIN_MS = 10_000

export type ShopProcess = { readonly name: string; readonly child: ChildProcess }

/**
 * Starts a Node program of the shop in a process group of its own: Ctrl-C reaches the launcher alone, which then stops
 * everything in order. Its words go where ours go; only what it says on stdout is kept back when `quiet`.
 */
export function startNode(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { quiet = false } = {},
): ShopProcess {
  const child = spawn(process.execPath, ['--import', LIFELINE, ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...environment, LAUNCHER_PID: String(process.pid) },
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    detached: true,
  })
  return { name, child }
}

export const hasEnded = ({ child }: ShopProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** Asks a process to end, and makes it end after 10 s. */
export async function stopProcess(shopProcess: ShopProcess): Promise<void> {
  if (hasEnded(shopProcess)) return
  const ended = once(shopProcess.child, 'exit')
  shopProcess.child.kill('SIGTERM')
  const force = setTimeout(() => shopProcess.child.kill('SIGKILL'), STOP_WITHIN_MS)
  await ended
  clearTimeout(force)
}
