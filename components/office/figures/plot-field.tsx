import type { ReactNode } from 'react'
import { type Axis, labelled, placeOn, roundAxis } from '#lib/domain/plot-scale.ts'
import type { PlotPoint, PlotWords } from './plot-point.ts'

export const HEIGHT = 220
const TOP = 30
const BOTTOM = HEIGHT - 24
const MOST_LABELS = 8

/** What every plot is given. @property least as for `roundAxis`. */
export type PlotProps = { readonly points: readonly PlotPoint[]; readonly words: PlotWords; readonly least?: number }

/** The axis on which all values of these steps have room, and what they are compared with. */
export function axisOf(points: readonly PlotPoint[], least = 1): Axis {
  const values = points.flatMap(({ value, before }) => [value ?? 0, before?.value ?? 0])
  return roundAxis(Math.min(...values), Math.max(...values), { least })
}

/** Pixels from the top at which a value stands. */
export const heightOf = (axis: Axis, value: number): number => BOTTOM - placeOn(axis, value) * (BOTTOM - TOP)
/** A place between the left edge and the right one, from 0 to 1, as SVG wants it. */
export const across = (place: number): string => `${(place * 100).toFixed(3)}%`

/**
 * The ground of a plot: lines with their numbers, labels of the steps, and over each step what it says, shown when one
 * points at it. Widths are shares of the width that there is and heights are pixels, so that letters stay letters at
 * any size; nothing here needs a script.
 */
export function PlotField({
  axis,
  points,
  words: { label, formatTick },
  children,
}: {
  axis: Axis
  points: readonly PlotPoint[]
  words: PlotWords
  children: ReactNode
}) {
  const marks = labelled(points.length, MOST_LABELS)
  return (
    <div className="plot-frame">
      <svg className="plot" width="100%" height={HEIGHT} aria-hidden="true">
        {axis.ticks.map((tick) => (
          <text key={tick} className="plot-tick" x="100%" y={heightOf(axis, tick) + 4}>
            {formatTick(tick)}
          </text>
        ))}
      </svg>
      <svg className="plot" width="100%" height={HEIGHT} role="img" aria-label={label}>
        {axis.ticks.map((tick) => (
          <line key={tick} className="plot-grid" x1="0" x2="100%" y1={heightOf(axis, tick)} y2={heightOf(axis, tick)} />
        ))}
        {children}
        {marks.map((index) => (
          <text key={index} className="plot-label" x={across((index + 0.5) / points.length)} y={HEIGHT - 6}>
            {points[index]?.label}
          </text>
        ))}
        {points.map((point, index) => (
          <Pointed key={point.name} point={point} index={index} count={points.length} />
        ))}
      </svg>
    </div>
  )
}

/** What a step says, in the line above the plot; at the ends it keeps inside. */
function Pointed({ point, index, count }: { point: PlotPoint; index: number; count: number }) {
  const place = (index + 0.5) / count
  const anchor = place < 0.25 ? 'start' : place > 0.75 ? 'end' : 'middle'
  const x = anchor === 'start' ? index / count : anchor === 'end' ? (index + 1) / count : place
  const before = point.before ? ` · ${point.before.shown}` : ''
  return (
    <g className="plot-step">
      <rect className="plot-hit" x={across(index / count)} width={across(1 / count)} y="0" height={HEIGHT} />
      <text className="plot-said" x={across(x)} y="14" textAnchor={anchor}>
        {point.name}
        <tspan className="plot-said-value">{` ${point.shown}`}</tspan>
        <tspan>{before}</tspan>
      </text>
    </g>
  )
}
