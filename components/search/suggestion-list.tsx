'use client'
import './suggestions.css'
import type { Route } from 'next'
import Link from 'next/link'
import type { SuggestionView } from './suggestion-view.ts'

/** The options of the search field; they come with their looks when somebody is about to type. */
export function SuggestionList({
  suggestions,
  active,
  optionId,
  onChoose,
}: {
  suggestions: readonly SuggestionView[]
  /** Which one the arrows chose; -1 for none. */
  active: number
  optionId: (index: number) => string
  onChoose: () => void
}) {
  return suggestions.map((one, index) => (
    <Link
      key={one.href}
      id={optionId(index)}
      role="option"
      aria-selected={index === active}
      tabIndex={-1}
      href={one.href as Route}
      prefetch={false}
      onClick={onChoose}
    >
      {one.label}
      {one.note ? <small>{one.note}</small> : null}
    </Link>
  ))
}
