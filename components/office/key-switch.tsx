'use client'
import { useSyncExternalStore } from 'react'
import { areKeysOn, followKeys, switchKeys } from './key-setting.ts'

/** Switches single keys off, for who speaks to the computer or whose fingers slip (WCAG 2.1.4). Kept in this browser. */
export function KeySwitch({ label }: { label: string }) {
  const on = useSyncExternalStore(followKeys, areKeysOn, () => true)
  return (
    <label>
      <input type="checkbox" checked={on} onChange={(event) => switchKeys(event.currentTarget.checked)} />
      {label}
    </label>
  )
}
