import { isIP } from 'node:net'

const LOOPBACK = '127.0.0.1'

/**
 * The shopper's address as the proxy in front of us tells it. Anybody can write the header, so it decides nothing here:
 * it goes to a provider that compares it with what it sees itself.
 */
export function clientIp(headers: Pick<Headers, 'get'>): string {
  const [forwarded = ''] = (headers.get('x-forwarded-for') ?? '').split(',')
  const told = [forwarded.trim(), headers.get('x-real-ip')?.trim() ?? '']
  return told.map((ip) => ip.replace(/^::ffff:/i, '')).find((ip) => isIP(ip) !== 0) ?? LOOPBACK
}
