import { type Book, readSetting, writeSetting } from './book/open-book.ts'

/** Milliseconds since the epoch. Every "now" of the sandbox comes from here, so that a test or the switchboard can move it. */
export interface Clock {
  now(): number
}

export interface MovableClock extends Clock {
  offsetMs(): number
  /** Milliseconds to add to the source of time; kept in the book, so a restart does not undo it. */
  setOffset(offsetMs: number): void
}

export function createClock(book: Book, source: () => number = Date.now): MovableClock {
  let offsetMs = Number(readSetting(book, 'clock_offset_ms') ?? 0)
  return {
    now: () => source() + offsetMs,
    offsetMs: () => offsetMs,
    setOffset(next) {
      offsetMs = next
      writeSetting(book, 'clock_offset_ms', String(next))
    },
  }
}
