import type { Incoming } from '../http/messages.ts'

/** False for a change that a page elsewhere asks this browser to make. Programs send neither header. */
export function isOwnChange({ method, headers }: Incoming): boolean {
  if (method === 'GET') return true
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = headers
  return origin === undefined || origin === `http://${headers.host}` || origin === `https://${headers.host}`
}
