import type { Route } from 'next'
import type { ReactNode } from 'react'
import { AskAsTyped } from './ask-as-typed.tsx'
import { TextField } from './field.tsx'

/**
 * What narrows a list, in one line above it: a form that asks by its address.
 * @param go the words of its button.
 * @param busy said while the list follows what is typed; without it only the button asks.
 * @param more further fields, behind the button.
 */
export const Toolbar = ({
  action,
  label,
  go,
  busy,
  more,
  children,
}: {
  action: Route
  label: string
  go: string
  busy?: string
  more?: ReactNode
  children: ReactNode
}) => (
  <search aria-label={label}>
    <form className="office-toolbar" action={action}>
      {children}
      <button type="submit" className="button button-quiet">
        {go}
      </button>
      {busy === undefined ? null : <AskAsTyped busy={busy} />}
      {more}
    </form>
  </search>
)

/** The words that one looks for in a list, where `/` leads. */
export const SearchField = ({
  name = 'q',
  label,
  words,
  hint,
}: {
  name?: string
  label: string
  words: string
  hint?: string
}) => (
  <div className="grow">
    <TextField
      id="search"
      name={name}
      label={label}
      optional=""
      input={{
        ...{ type: 'search', defaultValue: words, placeholder: hint },
        ...{ autoComplete: 'off', maxLength: 100, 'data-search': '' },
      }}
    />
  </div>
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
