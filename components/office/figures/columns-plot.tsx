import { across, axisOf, heightOf, PlotField, type PlotProps } from './plot-field.tsx'

/** Of the width that a step has. */
const COLUMN = 0.64

/** A column for each step; a line across it marks what it is compared with. */
export function ColumnsPlot({ points, words, least }: PlotProps) {
  const axis = axisOf(points, least)
  const floor = heightOf(axis, 0)
  return (
    <PlotField axis={axis} points={points} words={words}>
      {points.map(({ name, value, before }, index) => {
        const [left, top] = [(index + (1 - COLUMN) / 2) / points.length, heightOf(axis, value ?? 0)]
        const was = before && heightOf(axis, before.value)
        return (
          <g key={name}>
            {value ? (
              <rect
                className="plot-column"
                x={across(left)}
                width={across(COLUMN / points.length)}
                y={Math.min(top, floor)}
                height={Math.max(Math.abs(floor - top), 1)}
              />
            ) : null}
            {was === null ? null : (
              <line
                className="plot-before"
                x1={across((index + 0.08) / points.length)}
                x2={across((index + 0.92) / points.length)}
                y1={was}
                y2={was}
              />
            )}
          </g>
        )
      })}
    </PlotField>
  )
}
