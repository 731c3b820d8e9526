import { createHash, timingSafeEqual } from 'node:crypto'
import { isInRanges, parseRanges } from '../http/ip-ranges.ts'

const THIS_MACHINE = parseRanges('127.0.0.0/8 ::1')
const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * Whether somebody may read the shop's figures: who has the token, or asks from this machine where none is set. Behind a
 * proxy the address is the one that the proxy saw.
 */
export function mayReadMetrics(
  { ip, authorization }: { readonly ip: string; readonly authorization: string | null },
  token: string | undefined,
): boolean {
  if (token === undefined) return isInRanges(ip, THIS_MACHINE)
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}
