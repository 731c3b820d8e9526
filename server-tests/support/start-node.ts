import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

export type NodeProcess = {
  readonly child: ChildProcess
  /** All that it has written so far. */
  readonly output: () => string
}

/** Starts `node` in the project's folder with the test's database; what still runs at the end of the test is killed. */
export function startNode(args: readonly string[], environment: Record<string, string> = {}): NodeProcess {
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      written += chunk.toString()
    })
  const started = { child, output: () => written }
  onTestFinished(async () => {
    await stopNode(started, 'SIGKILL')
  })
  return started
}

/** Ends the process and waits until it is gone. @returns its exit code, null when a signal ended it. */
export async function stopNode({ child }: NodeProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return child.exitCode
}
