import { setTimeout as wait } from 'node:timers/promises'
import type { Result } from '../result.ts'

/** Pauses before the second and the third try, as parts of the budget: 0.2 s and 0.8 s of the usual ten. */
const PAUSES = [0.02, 0.08]

/**
 * Tries up to three times while the outcome is unknown and the budget lasts.
 * @param tryOnce gets the milliseconds that are left.
 */
export async function repeatWhileUnknown<T, E extends { code: string }>(
  budgetMs: number,
  tryOnce: (timeLeftMs: number) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  const deadline = performance.now() + budgetMs
  for (let attempt = 0; ; attempt++) {
    const result = await tryOnce(Math.max(1, Math.ceil(deadline - performance.now())))
    const pause = PAUSES[attempt]
    const isWorthRepeating = !result.ok && result.error.code === 'unknown'
    if (!isWorthRepeating || pause === undefined || performance.now() + pause * budgetMs >= deadline) return result
    await wait(pause * budgetMs)
  }
}
