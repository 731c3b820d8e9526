import type { ReactNode } from 'react'

/** A list with nothing in it: why, and what to do. */
export const EmptyState = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="office-empty">
    <h2>{title}</h2>
    {children}
  </div>
)
