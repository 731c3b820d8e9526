import type { ReactNode } from 'react'

/** A list with nothing in it: why, and what to do. */
export const EmptyState = ({
  title,
  heading: Heading = 'h2',
  children,
}: {
  title: string
  /** `h1` where nothing else is on the page. */
  heading?: 'h1' | 'h2'
  children?: ReactNode
}) => (
  <div className="office-empty">
    <Heading>{title}</Heading>
    {children}
  </div>
)
