'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined
const greeting = () => /(?:^|; )greeting=([^;]*)/.exec(document.cookie)?.[1] ?? ''
const nobody = () => ''

/** The way to the account; says by name whose it is once the browser has told. */
export function AccountLink({ href, label }: { readonly href: string; readonly label: string }) {
  const name = decodeURIComponent(useSyncExternalStore(never, greeting, nobody))
  return (
    <a className="account-link" href={href} aria-label={name ? `${name}, ${label}` : undefined}>
      {name || label}
    </a>
  )
}
