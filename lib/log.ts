import 'server-only'
import { pino } from 'pino'
import { REDACTION, safeError } from './log-redaction.ts'

/**
 * One line of JSON for each event, on stdout. Pass what happened as fields and a fixed sentence as message, so that
 * lines can be searched; never a cookie, a token or a customer's address. What slips in all the same is removed.
 */
export const log = pino({
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: REDACTION,
  serializers: { err: safeError },
})
