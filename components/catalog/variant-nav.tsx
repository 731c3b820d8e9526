'use client'
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'

/** Set by a choice and spent by the page that it leads to, which is a new page to React. */
let choosing = false

/** The list of variants; keeps the keyboard where it was when a choice has put another page in its place. */
export function VariantNav({ label, children }: { label: string; children: ReactNode }) {
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!choosing) return
    choosing = false
    list.current?.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true })
  }, [])
  const choose = (event: MouseEvent) => {
    choosing = event.target instanceof Element && event.target.closest('a') !== null
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link arrives as its click.
    <nav className="variants" aria-label={label} ref={list} onClick={choose}>
      {children}
    </nav>
  )
}
