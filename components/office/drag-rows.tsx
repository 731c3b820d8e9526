'use client'
import { type PointerEvent, type ReactNode, useRef } from 'react'

type Drag = {
  readonly pointer: number
  readonly from: number
  readonly startY: number
  readonly rows: readonly HTMLElement[]
  /** Where the middle of each row was when it began. */
  readonly middles: readonly number[]
  readonly height: number
}

/** The row that is `from` of `ids` at the place `to`. */
const placed = (ids: readonly string[], from: number, to: number): readonly string[] => {
  const rest = ids.filter((_, at) => at !== from)
  return [...rest.slice(0, to), ...ids.slice(from, from + 1), ...rest.slice(to)]
}

/** How many of the other rows have their middle above where the dragged one is. */
function placeOf({ from, middles }: Drag, by: number): number {
  const here = (middles[from] ?? 0) + by
  return middles.filter((middle, at) => at !== from && middle < here).length
}

function show({ from, rows, height }: Drag, to: number, by: number): void {
  for (const [at, row] of rows.entries()) {
    const makesRoom = at > from && at <= to ? -height : at < from && at >= to ? height : 0
    row.style.transform = `translateY(${at === from ? by : makesRoom}px)`
  }
}

/**
 * Rows (`data-drag-row`, with their id) that a mouse, a pen or a finger moves by their grip (`data-grip`). Letting go
 * writes the new order into the field `order` of the form and sends it; Escape gives up. Whoever does not drag has
 * buttons for the same, so the grip is nothing to be focused.
 */
export function DragRows({ form, children }: { readonly form: string; readonly children: ReactNode }) {
  const drag = useRef<Drag | null>(null)
  const put = useRef(0)

  const end = () => {
    for (const row of drag.current?.rows ?? []) row.style.transform = ''
    drag.current = null
    document.removeEventListener('keydown', giveUp)
  }
  const giveUp = (event: KeyboardEvent) => {
    if (event.key === 'Escape') end()
  }
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    const grip = event.target instanceof Element ? event.target.closest('[data-grip]') : null
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-drag-row]')]
    const from = rows.findIndex((row) => row.contains(grip))
    const row = rows[from]
    if (!grip || !row || event.button !== 0) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    const boxes = rows.map((each) => each.getBoundingClientRect())
    const middles = boxes.map(({ top, height }) => top + height / 2)
    drag.current = { pointer: event.pointerId, from, startY: event.clientY, rows, middles, height: row.offsetHeight }
    put.current = from
    document.addEventListener('keydown', giveUp)
  }
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const now = drag.current
    if (now?.pointer !== event.pointerId) return
    const by = event.clientY - now.startY
    put.current = placeOf(now, by)
    show(now, put.current, by)
  }
  const drop = () => {
    const now = drag.current
    end()
    const sent = document.getElementById(form)
    if (!now || put.current === now.from || !(sent instanceof HTMLFormElement)) return
    const ids = now.rows.map((row) => row.dataset['dragRow'] ?? '')
    const order = sent.elements.namedItem('order')
    if (order instanceof HTMLInputElement) order.value = placed(ids, now.from, put.current).join()
    sent.requestSubmit()
  }
  return (
    <div className="office-drag" onPointerDown={begin} onPointerMove={move} onPointerUp={drop} onPointerCancel={end}>
      {children}
    </div>
  )
}
