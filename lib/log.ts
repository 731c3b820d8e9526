import 'server-only'
import { pino } from 'pino'
import { REDACTION, safeError } from './log-redaction.ts'
import { logFields } from './telemetry/log-fields.ts'

/**
 * One line of JSON for each event, on stdout. Pass what happened as fields and a fixed sentence as message, so that
 * lines can be searched; never a cookie, a token or a customer's address. What slips in all the same is removed. The
 * request, the job and the order that a line is about come by themselves.
 */
export const log = pino({
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  mixin: () => ({ ...logFields() }),
  redact: REDACTION,
  serializers: { err: safeError },
})
