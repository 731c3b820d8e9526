/** One way in which a gateway's call or message goes wrong, in the words of the sandbox's switchboard. */
type Strike = {
  readonly point: 'api' | 'notify'
  readonly fault: string
  /** What the fault takes, from and to. */
  readonly value?: readonly [least: number, most: number]
}

const api = (...faults: string[]): Strike[] => faults.map((fault) => ({ point: 'api', fault }))
const notify = (...faults: string[]): Strike[] => faults.map((fault) => ({ point: 'notify', fault }))

const HOUR_MS = 3_600_000

/** What strikes in a run; a gateway that does not know one of the words is spared it. */
export const STRIKES: readonly Strike[] = [
  ...api('timeout_before', 'timeout_after', 'reset_before', 'reset_after', 'half_answer', 'http_500', 'http_500_after'),
  ...api('html', 'unknown_before', 'unknown_after', 'system_error', 'call_limited', 'bad_signature', 'other_key'),
  ...api('unsigned', 'unsigned_not_exist', 'gbk_error', 'says_unpaid', 'not_done'),
  ...notify('drop', 'drop', 'lose', 'lose', 'reorder', 'wrong_amount', 'other_app', 'other_seller', 'other_order'),
  ...notify('bad_signature', 'tampered', 'other_key', 'unsigned', 'sha1', 'doubled_field', 'unknown_field', 'gbk'),
  ...notify('finished'),
  { point: 'notify', fault: 'repeat', value: [1, 6] },
  { point: 'notify', fault: 'delay', value: [5_000, 72 * HOUR_MS] },
  { point: 'notify', fault: 'delay', value: [60_000, HOUR_MS] },
]
