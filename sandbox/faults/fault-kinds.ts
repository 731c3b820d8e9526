/** Where a fault strikes: an answer of the gateway, a notification on its way out, or a bill file. */
export const FAULT_POINTS = ['notify', 'api', 'bill'] as const
export type FaultPoint = (typeof FAULT_POINTS)[number]

export interface FaultKind {
  readonly says: string
  /** What the rule's value means; absent when it takes none. */
  readonly value?: { readonly unit: string; readonly usual: number }
}

/** Every fault that can be ordered of one gateway, by place. The words are those of the switchboard. */
export type FaultKinds = Readonly<Record<FaultPoint, Readonly<Record<string, FaultKind>>>>

export const milliseconds = (usual: number) => ({ unit: 'ms', usual })

/** What can befall the answer of any gateway, whatever it says: `line-faults.ts` does it. */
export const LINE_FAULTS = {
  timeout_before: { says: 'Never answers, nothing was done' },
  timeout_after: { says: 'Never answers, but it was done' },
  reset_before: { says: 'Drops the connection, nothing was done' },
  reset_after: { says: 'Drops the connection, but it was done' },
  half_answer: { says: 'Drops the connection in the middle of the answer' },
  http_500: { says: 'HTTP 500, nothing was done' },
  http_500_after: { says: 'HTTP 500, but it was done' },
  html: { says: 'HTTP 200 with an HTML page, nothing was done' },
  slow: { says: 'Answers late', value: milliseconds(5_000) },
} as const satisfies Record<string, FaultKind>

/** What can befall the sending of any notification: the queue and the notifier do it. */
export const DELIVERY_FAULTS = {
  drop: { says: 'The delivery is lost on the way; the retry table goes on' },
  lose: { says: 'The notification is never sent at all' },
  delay: { says: 'Sent later', value: milliseconds(10_000) },
  repeat: { says: 'Sent again, all at once', value: { unit: 'times', usual: 5 } },
  reorder: { says: 'Held back until a later notification has gone' },
} as const satisfies Record<string, FaultKind>

/** These strike when a notification is made, all others each time that it is sent. */
export const WHEN_QUEUED: readonly string[] = ['lose', 'delay', 'reorder']
