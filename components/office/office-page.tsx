import type { ReactNode } from 'react'
import { KeyHelp, type OfficeKey } from './key-help.tsx'

/**
 * A page of the office: its name, the way back, what can be done with all of it, and the keys that it knows beside those
 * of every page.
 */
export function OfficePage({
  title,
  trail,
  acts,
  keys = [],
  children,
}: {
  title: ReactNode
  /** Links to what the page belongs to. */
  trail?: ReactNode
  acts?: ReactNode
  keys?: readonly OfficeKey[]
  children: ReactNode
}) {
  return (
    <>
      <header className="office-head">
        {trail ? <p className="office-trail">{trail}</p> : null}
        <h1>{title}</h1>
        <div className="office-acts">
          {acts}
          <KeyHelp keys={keys} />
        </div>
      </header>
      {children}
    </>
  )
}

/** A part of a page under a heading of its own. `aside` stands at the end of its line. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="office-panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
