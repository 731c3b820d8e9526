/** Which story to play. */
export type PlayOrder = {
  readonly seed: number
  readonly orders: number
  /** A good day instead of one on which things go wrong: then the watch must see nothing. */
  readonly clean?: boolean
  /** Only these acts of it, counted from 0; all when it is absent. */
  readonly acts?: readonly number[]
}

export type Told = {
  /** What happened, a line for each moment. */
  readonly lines: readonly string[]
  /** How many acts were played. */
  readonly acts: number
  /** What must not be; empty when all is well. */
  readonly broken: readonly string[]
  /** Of the story and of the books that it left: equal for equal runs. */
  readonly hash: string
}
