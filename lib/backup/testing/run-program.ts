import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs a command of the shop as a person would. @returns what it said. @throws with its complaint. */
export async function runProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const run = promisify(execFile)(process.execPath, ['--conditions=react-server', program, ...args], {
    env: { NODE_ENV: 'test', PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  })
  return (await run).stdout
}
