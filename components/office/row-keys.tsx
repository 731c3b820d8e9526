'use client'
import { useKeys } from './use-keys.ts'

const rows = () => [...document.querySelectorAll<HTMLTableRowElement>('tr[data-row]')]

function step(by: 1 | -1): boolean {
  const all = rows()
  const here = all.findIndex((row) => row.contains(document.activeElement))
  const next = here === -1 ? all[by === 1 ? 0 : all.length - 1] : all[here + by]
  next?.querySelector<HTMLElement>('[data-open]')?.focus()
  return all.length > 0
}

function mark(): boolean {
  const row = rows().find((one) => one.contains(document.activeElement))
  const box = row?.querySelector<HTMLInputElement>('[data-mark]')
  box?.click()
  return box !== null && box !== undefined
}

/**
 * `j` and `k` go from row to row of a `DataTable`, `x` marks the one where one is. The focus really moves, so that Enter
 * opens the row as it does any link, and a screen reader says where one is.
 */
export function RowKeys() {
  useKeys({ j: () => step(1), k: () => step(-1), x: mark })
  return null
}
