/** One step of a plot, in numbers to draw it by and in words to read it by. */
export type PlotPoint = {
  /** Below the axis, where there is room: `21`. */
  readonly label: string
  /** `Saturday 21 November`. */
  readonly name: string
  /** Null where it has not come yet. */
  readonly value: number | null
  readonly shown: string
  /** The same step of what it is compared with. */
  readonly before: { readonly value: number; readonly shown: string } | null
}

export type PlotWords = {
  /** What the columns stand for and what there is to see, for those who don't see them. */
  readonly label: string
  /** How a number of the axis is written. */
  readonly formatTick: (value: number) => string
}
