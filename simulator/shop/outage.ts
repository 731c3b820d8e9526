/** The database was not there, or gave up on a statement: what every caller has to bear. */
const CODES = new Set(['40P01', '40001', '55P03', '57P01', '57P03', 'ECONNRESET', 'EPIPE', 'ECONNREFUSED'])

export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return CODES.has(code) || code.startsWith('CONNECTION_') || isOutage(error.cause)
}
