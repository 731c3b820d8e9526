/** Between which two effects a process may die, by name; each is rehearsed by a test. */
export const CRASH_POINTS = [
  'attempt_reserved',
  'provider_created',
  'handover_recorded',
  'message_verified',
  'notification_applied',
  'trade_queried',
  'trade_settled',
  'provider_closed',
  'attempt_ended',
  'refund_call_noted',
  'refund_sent',
  'refund_queried',
  'refund_settled',
] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

let rehearse: ((point: CrashPoint) => void) | null = null

/** Does nothing; a rehearsal makes it throw. */
export const crashPoint = (point: CrashPoint): void => rehearse?.(point)

/** Lets tests and the simulator die at crash points. Null ends it. */
export function rehearseCrashes(crash: ((point: CrashPoint) => void) | null): void {
  rehearse = crash
}
