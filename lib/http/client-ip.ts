import { isIP } from 'node:net'
import { type IpRange, isInRanges, parseIp, parseRanges } from './ip-ranges.ts'
import { PEER_HEADER } from './note-peer.ts'

const LOOPBACK = '127.0.0.1'
/** Proxies are on this machine when nobody says otherwise. */
const ON_THIS_MACHINE = '127.0.0.0/8 ::1'

const trusted = parseRanges(process.env['TRUSTED_PROXIES'] || ON_THIS_MACHINE)

/**
 * The address that a request really came from. Anybody can write `X-Forwarded-For`, and a proxy adds to it the address
 * it saw: so the list counts from its end, as far back as those who wrote it are proxies of ours (`TRUSTED_PROXIES`).
 * The last of them is who is connected to this process. Other headers of the kind are not looked at.
 */
export function clientIp(headers: Pick<Headers, 'get'>, proxies: readonly IpRange[] = trusted): string {
  const peer = headers.get(PEER_HEADER) ?? LOOPBACK
  const told = (headers.get('x-forwarded-for') ?? '').split(',').map((word) => word.trim())
  let client = peer
  for (const before of told.toReversed()) {
    if (!isInRanges(client, proxies) || !isAddress(before)) break
    client = before
  }
  return parseIp(client)?.toString() ?? LOOPBACK
}

const isAddress = (text: string) => isIP(text.replace(/^\[(.*)\]$/, '$1')) !== 0
