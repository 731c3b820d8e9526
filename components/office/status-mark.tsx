import type { ReactNode } from 'react'

/** `open`: something is awaited. `good`, `bad`: it went well, it needs a person. `quiet`: it is over. */
export type StatusTone = 'plain' | 'open' | 'good' | 'bad' | 'quiet'

/** A state as a shape and a word. */
export const StatusMark = ({ tone = 'plain', children }: { tone?: StatusTone; children: ReactNode }) => (
  <span className={tone === 'plain' ? 'office-mark' : `office-mark office-mark-${tone}`}>{children}</span>
)
