export type Timer = { readonly dueAt: number; readonly fire: () => void }

/** Who waits, and until when, on a clock that jumps from one to the next. */
export class WaitingList {
  readonly #timers: Timer[] = []
  #time = 0

  begin(): void {
    this.#time = 0
  }

  add(ms: number, fire: () => void): Timer {
    const timer = { dueAt: this.#time + ms, fire }
    this.#timers.push(timer)
    return timer
  }

  remove(timer: Timer): void {
    const index = this.#timers.indexOf(timer)
    if (index >= 0) this.#timers.splice(index, 1)
  }

  /** @returns false when nobody waits. */
  fireNext(): boolean {
    const [timer] = this.#timers.toSorted((a, b) => a.dueAt - b.dueAt)
    if (!timer) return false
    this.remove(timer)
    this.#time = timer.dueAt
    timer.fire()
    return true
  }
}
