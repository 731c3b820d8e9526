import 'server-only'
import { pino } from 'pino'

/**
 * One line of JSON for each event, on stdout. Pass what happened as fields and a fixed sentence as message, so that
 * lines can be searched; never a cookie, a token or a customer's address.
 */
export const log = pino({
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: pino.stdSerializers.err },
})
