import { type Axis, placeOn } from '#lib/domain/plot-scale.ts'
import { axisOf, HEIGHT, heightOf, PlotField, type PlotProps } from './plot-field.tsx'

/** Wide enough that a step of a day is some units apart. */
const WIDTH = 1000

/** A line over the steps, and a thin one for what it is compared with. */
export function LinePlot({ points, words, least }: PlotProps) {
  const axis = axisOf(points, least)
  const now = points.map(({ value }) => value)
  const before = points.map((point) => point.before?.value ?? null)
  return (
    <PlotField axis={axis} points={points} words={words}>
      <svg
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className="plot-area" d={areaOf(axis, now)} />
        <path className="plot-line-before" d={lineOf(axis, before)} />
        <path className="plot-line" d={lineOf(axis, now)} />
      </svg>
    </PlotField>
  )
}

/** Steps without a value break the line. */
function lineOf(axis: Axis, values: readonly (number | null)[]): string {
  let pen = 'M'
  return values
    .map((value, index) => {
      if (value === null) {
        pen = 'M'
        return ''
      }
      const part = `${pen}${(((index + 0.5) / values.length) * WIDTH).toFixed(1)} ${heightOf(axis, value).toFixed(1)}`
      pen = 'L'
      return part
    })
    .join('')
}

function areaOf(axis: Axis, values: readonly (number | null)[]): string {
  const line = lineOf(axis, values)
  const present = values.flatMap((value, index) => (value === null ? [] : [index]))
  const [first, last] = [present[0], present.at(-1)]
  if (first === undefined || last === undefined || placeOn(axis, 0) > 1) return ''
  const [left, right] = [first, last].map((index) => (((index + 0.5) / values.length) * WIDTH).toFixed(1))
  const floor = heightOf(axis, axis.from).toFixed(1)
  return `${line}L${right} ${floor}L${left} ${floor}Z`
}
