'use client'
import { useEffect, useRef } from 'react'

const boxes = (table: Element | null | undefined) => [
  ...(table?.querySelectorAll<HTMLInputElement>('[data-mark]') ?? []),
]

/** Marks every row of its table, or none; half-ticked while some are. */
export function MarkAll({ label }: { label: string }) {
  const all = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const table = all.current?.closest('table')
    const show = () => {
      const marked = boxes(table).filter(({ checked }) => checked).length
      if (!all.current) return
      all.current.checked = marked > 0 && marked === boxes(table).length
      all.current.indeterminate = marked > 0 && !all.current.checked
    }
    show() // a browser that comes back keeps its ticks
    table?.addEventListener('change', show)
    return () => table?.removeEventListener('change', show)
  }, [])
  return (
    <input
      ref={all}
      type="checkbox"
      data-mark-all
      aria-label={label}
      onChange={({ currentTarget }) => {
        for (const box of boxes(currentTarget.closest('table'))) box.checked = currentTarget.checked
      }}
    />
  )
}
