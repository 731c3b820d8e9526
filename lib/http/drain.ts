import { processWide } from '#lib/telemetry/process-wide.ts'

const state = () => processWide('drain', () => ({ isStopping: false }))

/** What still runs then is no request: Node waits without end for a connection on which none ever came. */
const LAST_ANSWERS_MS = 10_000

/** True once this process was told to end: it still answers, and wants to be asked no more. */
export const isStopping = (): boolean => state().isStopping

/**
 * Goes on answering for some seconds after SIGTERM, while `/api/health` says that it stops: the front looks there and
 * asks others, so that none of its connections has a request on it when they close. Whoever listened before ends it then.
 * @param seconds 0: it ends at once, as when nobody stands before it.
 */
export function drainFirst(
  seconds: number,
  process: Pick<NodeJS.Process, 'listeners' | 'removeAllListeners' | 'once' | 'exit'>,
): void {
  if (seconds === 0) return
  const endings = process.listeners('SIGTERM')
  process.removeAllListeners('SIGTERM')
  process.once('SIGTERM', (signal) => {
    state().isStopping = true
    setTimeout(() => {
      for (const end of endings) end(signal)
      setTimeout(() => process.exit(143), LAST_ANSWERS_MS).unref()
    }, seconds * 1_000)
  })
}
