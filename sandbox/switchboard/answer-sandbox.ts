import { findAsset } from '../cashier/assets.ts'
import { answerPhone } from '../cashier/phone.ts'
import { type Answer, type Incoming, plain } from '../http/messages.ts'
import type { Sandbox } from '../sandbox.ts'
import { answerApi } from './api.ts'
import { answerSwitchboard } from './switchboard.ts'

/** Every path of the sandbox: hosts that a gateway plays, its own pages, then each gateway's. */
export function answerSandbox(sandbox: Sandbox, incoming: Incoming): Answer | Promise<Answer> {
  for (const gateway of sandbox.gateways) {
    const answer = gateway.answerHost?.(incoming)
    if (answer) return answer
  }
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
