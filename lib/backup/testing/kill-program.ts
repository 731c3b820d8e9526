import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Runs a command of the shop and kills it with SIGKILL in the moment in which `isInTheMiddle` is seen to be true.
 * @returns true when it was killed, false when it had ended before.
 */
export async function killProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  isInTheMiddle: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const child = spawn(process.execPath, ['--conditions=react-server', program, ...args], {
    env: { NODE_ENV: 'test', PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  while (child.exitCode === null && !(await isInTheMiddle())) await delay(1)
  child.kill('SIGKILL')
  const [, signal] = await ended
  return signal === 'SIGKILL'
}
