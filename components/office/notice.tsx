import type { ReactNode } from 'react'

/** Says what came of an act, or what one must know here. `bad` interrupts a screen reader, the others wait their turn. */
export const Notice = ({ tone = 'plain', children }: { tone?: 'plain' | 'good' | 'bad'; children: ReactNode }) => (
  <div
    className={tone === 'plain' ? 'office-notice' : `office-notice office-notice-${tone}`}
    role={tone === 'bad' ? 'alert' : 'status'}
  >
    {children}
  </div>
)
