import type { Book } from '../book/open-book.ts'
import { findAsset } from '../cashier/assets.ts'
import { answerPhone } from '../cashier/phone.ts'
import type { MovableClock } from '../clock.ts'
import type { FaultRules } from '../faults/fault-rules.ts'
import type { Gateway } from '../gateway-port.ts'
import { type Answer, type Incoming, plain } from '../http/messages.ts'
import type { Notifier } from '../notifier/notifier.ts'
import { answerApi } from './api.ts'
import { answerSwitchboard } from './switchboard.ts'

export interface Sandbox {
  readonly book: Book
  readonly clock: MovableClock
  readonly faults: FaultRules
  readonly gateways: readonly Gateway[]
  readonly notifier: Notifier
  readonly publicUrl: string
  /** Something may be due now: the clock moved, or the switchboard asked. */
  wake(): void
}

/** Every path of the sandbox: its own pages first, then each gateway's. */
export function answerSandbox(sandbox: Sandbox, incoming: Incoming): Answer | Promise<Answer> {
  const own =
    findAsset(incoming.path) ??
    answerPhone(sandbox.gateways, incoming) ??
    answerApi(sandbox, incoming) ??
    answerSwitchboard(sandbox, incoming)
  if (own) return own
  for (const gateway of sandbox.gateways) {
    const answer = gateway.answer(incoming)
    if (answer) return answer
  }
  return plain(404, 'not found')
}
