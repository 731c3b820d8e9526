import type { FaultKinds } from './faults/fault-kinds.ts'
import type { Answer, Incoming } from './http/messages.ts'
import type { Fen } from './money.ts'
import type { Channel } from './notifier/notifier.ts'

/** What each provider's gateway gives to the sandbox that houses it. */
export interface Gateway {
  readonly name: string
  /** The address that a merchant configures. */
  readonly url: string
  readonly channel: Channel
  /** Null when the path is not this gateway's. */
  answer(incoming: Incoming): Answer | Promise<Answer> | null
  /** A host of its own that the gateway plays, whatever the path; null for any other host. */
  answerHost?(incoming: Incoming): Answer | Promise<Answer> | null
  /** The address of a shop's page inside the provider's own app; null when it has none. */
  addressInApp?(address: string): string | null
  /** The path of the page that a scanned code opens; null when the code is another's. */
  cashierOfCode(text: string): string | null
  /** Codes that are shown somewhere and wait to be scanned, newest first; absent where a code can be opened as a link. */
  waitingCodes?(limit: number): WaitingCode[]
  /** Does what falls due by itself at the clock's time. */
  letTimePass(): void
  /** Where the demo merchant's settings were written. */
  readonly merchantFile: string
  /** Its whole truth, for an audit: amounts in yuan, times of Shanghai. */
  book(): unknown
  /** Newest first, for the switchboard. */
  recentTrades(limit: number): TradeLine[]
  readonly faultKinds: FaultKinds
  /** The calls of the protocol, for faults that strike one of them. */
  readonly methods: readonly string[]
  /** The switchboard's view of this gateway, amounts in yuan; `/api/<name>/…` */
  answerApi(path: string, incoming: Incoming): Answer | null
}

export interface WaitingCode {
  /** What the code says. */
  readonly text: string
  /** The merchant's number. */
  readonly target: string
  /** In fen. */
  readonly total: Fen
}

export interface TradeLine {
  /** The merchant's number. */
  readonly target: string
  readonly providerNumber: string
  readonly status: string
  readonly total: string
  readonly refunded: string
  readonly createdAt: string
  /** What the switchboard may do to it now; the words of `/api/<name>/trades/<target>/<act>`. */
  readonly acts: readonly string[]
}
