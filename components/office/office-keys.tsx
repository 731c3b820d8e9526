'use client'
import { KEY_HELP_ID } from './key-help-id.ts'
import { useKeys } from './use-keys.ts'

/** The keys of every page: help, search, and the way to each room. */
export function OfficeKeys({ rooms }: { rooms: readonly { readonly key: string; readonly href: string }[] }) {
  useKeys({
    '?': () => document.getElementById(KEY_HELP_ID)?.togglePopover(),
    '/': () => {
      const field = document.querySelector<HTMLInputElement>('[data-search]')
      field?.focus()
      field?.select()
      return field !== null
    },
    ...Object.fromEntries(rooms.map(({ key, href }) => [`g ${key}`, () => location.assign(href)])),
  })
  return null
}
