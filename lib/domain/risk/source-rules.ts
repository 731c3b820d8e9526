/** How often one address was turned away by limits in the last ten minutes; repeats within ten seconds count once. */
export type SourceFacts = { readonly source: string; readonly refusals: number; readonly limits: number }

/** People who meet a limit stop; programs go on, or try the next door. */
export const SLOW_DOWN = { refusals: 12, limits: 3, forMs: 30 * 60_000 } as const

/** Whether an address is slowed down at every door for a while. */
export const isAbusive = ({ refusals, limits }: SourceFacts): boolean =>
  refusals >= SLOW_DOWN.refusals || limits >= SLOW_DOWN.limits
