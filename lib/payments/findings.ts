import type { Finding } from './port.ts'
import { reasonOf } from './read-response.ts'

const DAY_MS = 86_400_000
const WARN_DAYS = 30
const TIMEOUT_MS = 5000
/** Not every gateway publishes a tolerance; a shop whose clock is a minute off has a problem anyway. */
const [WARN_DRIFT_S, BAD_DRIFT_S] = [30, 300]

export const good = (text: string): Finding => ({ level: 'ok', text })
export const doubtful = (text: string): Finding => ({ level: 'warning', text })
export const bad = (text: string): Finding => ({ level: 'error', text })

/** How long something with an end, such as a certificate, can still be used. */
export function findExpiry(name: string, end: Date, now: Date): Finding {
  const days = Math.floor((end.getTime() - now.getTime()) / DAY_MS)
  if (days < 0) return bad(`${name} expired ${-days} days ago`)
  return days < WARN_DAYS ? doubtful(`${name} expires in ${days} days`) : good(`${name} is good for ${days} days`)
}

/** How far our clock is from that of the server behind `url`. */
export async function measureClock(url: string, clock: () => Date): Promise<Finding> {
  try {
    const before = clock().getTime()
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const theirs = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(theirs)) return doubtful('the gateway does not tell the time, so the clock could not be compared')
    const seconds = Math.round(((before + clock().getTime()) / 2 - theirs) / 1000)
    const text = `our clock differs from the gateway’s by ${seconds} s`
    if (Math.abs(seconds) >= BAD_DRIFT_S) return bad(text)
    return Math.abs(seconds) >= WARN_DRIFT_S ? doubtful(text) : good(text)
  } catch (error) {
    return doubtful(`the clock could not be compared: ${reasonOf(error)}`)
  }
}
