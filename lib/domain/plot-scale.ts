/** The values that an axis names, and what it reaches from and to. Numbers are for drawing: fen up to 2^53 fit. */
export type Axis = { readonly from: number; readonly to: number; readonly ticks: readonly number[] }

/**
 * A round axis for values from nothing (or from below, where some are negative) to `highest`: steps of 1, 2 or 5 times a
 * power of ten, at most `most` of them, so that the numbers beside the plot can be read at a glance.
 * @param least the smallest step that makes sense, 1 for what is counted.
 */
export function roundAxis(lowest: number, highest: number, { most = 4, least = 1 } = {}): Axis {
  const low = Math.min(0, lowest)
  const high = Math.max(highest, low + least)
  const step = Math.max(roundUp((high - low) / most), least)
  const [from, to] = [Math.floor(low / step) * step, Math.ceil(high / step) * step]
  return { from, to, ticks: Array.from({ length: Math.round((to - from) / step) + 1 }, (_, n) => from + n * step) }
}

function roundUp(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw))
  const factor = [1, 2, 5, 10].find((round) => raw <= round * power * (1 + Number.EPSILON)) ?? 10
  return factor * power
}

/** Where a value stands on its axis: 0 at `from`, 1 at `to`. */
export const placeOn = ({ from, to }: Axis, value: number): number => (value - from) / (to - from)

/**
 * Which of `count` steps get a label when there is room for `most`: evenly, from the first on.
 * @returns their indexes.
 */
export function labelled(count: number, most: number): readonly number[] {
  const every = Math.max(1, Math.ceil(count / most))
  return Array.from({ length: Math.ceil(count / every) }, (_, n) => n * every)
}
