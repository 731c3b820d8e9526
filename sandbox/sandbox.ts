import type { Book } from './book/open-book.ts'
import type { MovableClock } from './clock.ts'
import type { FaultRules } from './faults/fault-rules.ts'
import type { Gateway } from './gateway-port.ts'
import type { Notifier } from './notifier/notifier.ts'
import type { Pace } from './pace.ts'

/** What the pages and the API of the switchboard work with. */
export interface Sandbox {
  readonly book: Book
  readonly clock: MovableClock
  readonly faults: FaultRules
  readonly gateways: readonly Gateway[]
  readonly notifier: Notifier
  readonly pace: Pace
  readonly publicUrl: string
  /** Something may be due now: the clock moved, or the switchboard asked. */
  wake(): void
}
