/** How much faster than in life the gateways do what takes them time: retry tables and refunds are divided by it. */
export interface Pace {
  factor(): number
  setFactor(factor: number): void
  /** A span of the real gateway, as it is here. @param ms milliseconds */
  shorten(ms: number): number
}

export function createPace(start: number): Pace {
  let factor = start
  return {
    factor: () => factor,
    setFactor(next) {
      factor = next
    },
    shorten: (ms) => Math.round(ms / factor),
  }
}
