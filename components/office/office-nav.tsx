'use client'
import type { Route } from 'next'
import { usePathname } from 'next/navigation'

export type NavGroup = {
  readonly title: string
  readonly rooms: readonly { readonly label: string; readonly href: Route; readonly key: string }[]
}

/** The rooms that this person may enter; the one that they are in is marked. */
export function OfficeNav({ label, groups }: { label: string; groups: readonly NavGroup[] }) {
  const pathname = usePathname()
  const isHere = (href: string) => pathname === href || pathname.startsWith(`${href}/`)
  return (
    <nav className="office-rooms" aria-label={label}>
      {groups.map(({ title, rooms }) => (
        <div key={title}>
          <h2>{title}</h2>
          <ul>
            {rooms.map(({ label: name, href, key }) => (
              <li key={href}>
                <a href={href} aria-current={isHere(href) ? 'page' : undefined} aria-keyshortcuts={`g ${key}`}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
