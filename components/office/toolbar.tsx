import type { Route } from 'next'
import type { ReactNode } from 'react'

/** What narrows a list, in one line above it: a form that asks by its address. */
export const Toolbar = ({ action, label, children }: { action: Route; label: string; children: ReactNode }) => (
  <search aria-label={label}>
    <form className="office-toolbar" action={action}>
      {children}
    </form>
  </search>
)

/** Lists that one asks for often, the one that is shown marked. */
export function Tabs({
  label,
  tabs,
}: {
  label: string
  tabs: readonly { readonly name: string; readonly href: Route; readonly current: boolean }[]
}) {
  return (
    <nav aria-label={label}>
      <ul className="office-tabs">
        {tabs.map(({ name, href, current }) => (
          <li key={href}>
            <a href={href} aria-current={current ? 'true' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
