import { pino } from 'pino'

/** Fields that tell of a person or open a door, down to three levels of a line of the log. */
const SECRET_FIELDS = [
  ...['email', 'phone', 'recipient', 'street', 'street2', 'address', 'openid', 'buyer'],
  ...['password', 'passphrase', 'secret', 'token', 'cookie', 'authorization', 'privateKey', 'apiV3Key'],
]

export const REDACTION = {
  paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  censor: '[removed]',
}

/** Drizzle writes the values of a statement into its message, PostgreSQL those of a row into its detail. */
const VALUES = /\nparams: [\s\S]*?(?=\n {4}at |$)/g
const OF_ROWS = ['detail', 'where', 'query', 'parameters', 'args', 'params']

/** An error as the log may have it: what went wrong and where, not with whose data. */
export function safeError(error: Error): object {
  const told: Record<string, unknown> = { ...pino.stdSerializers.err(error) }
  for (const field of OF_ROWS) delete told[field]
  for (const field of ['message', 'stack'])
    if (typeof told[field] === 'string') told[field] = told[field].replaceAll(VALUES, '')
  return error.cause instanceof Error ? { ...told, cause: safeError(error.cause) } : told
}
