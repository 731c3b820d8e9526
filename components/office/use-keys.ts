'use client'
import { useEffect, useRef } from 'react'
import { areKeysOn } from './key-setting.ts'

/** What a key does; `g o` is `g`, then `o`. Return false where the key has nothing to act on, and the browser has it. */
export type KeyActs = Readonly<Record<string, () => unknown>>

/** How long the second key of two may take. */
const SEQUENCE_MS = 1500

/** True where a key belongs to what one types or chooses. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Binds single keys while the component is there. What is typed into a field, or with Ctrl, Alt or ⌘, stays as it is. */
export function useKeys(acts: KeyActs): void {
  const current = useRef(acts)
  current.current = acts
  useEffect(() => {
    let first = { key: '', at: 0 }
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
      if (isTyping(event.target) || !areKeysOn()) return
      const sequence = event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${event.key}` : event.key
      first = { key: event.key, at: event.timeStamp }
      const act = current.current[sequence] ?? current.current[event.key]
      if (act && act() !== false) event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
