import 'server-only'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const LAST_WORDS = 400

/**
 * Runs a command of the shop in a process of its own, with our settings and at low priority.
 * @returns its last words. @throws with its complaint when it fails, or when `signal` ended it.
 */
export async function runCommand(program: string, signal: AbortSignal): Promise<{ said: string }> {
  const { stdout } = await promisify(execFile)(
    'nice',
    ['-n', '10', process.execPath, '--conditions=react-server', program],
    { signal, maxBuffer: 16 * 1024 * 1024 },
  )
  return { said: stdout.trim().slice(-LAST_WORDS) }
}
