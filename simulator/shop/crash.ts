import { type CrashPoint, rehearseCrashes } from '../../lib/crash-point.ts'

/** Stands for the process dying at a named point. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

/** Dies at the `nth` time that the point is come to. */
export function crashAt(point: CrashPoint, nth: number, onCrash: () => void): void {
  let left = nth
  rehearseCrashes((reached) => {
    if (reached !== point) return
    left -= 1
    if (left > 0) return
    rehearseCrashes(null)
    onCrash()
    throw new Crash(point)
  })
}
