'use client'
import { useEffect, useRef } from 'react'

/** So that the code is over with the server as well. */
const LATE_MS = 500

/**
 * Sends the form around it when a code has run out and somebody looks: a page that lies open in a drawer asks for nothing.
 * @param afterMs from now; not an instant, since the clock of the browser may be wrong by hours.
 */
export function RenewCode({ afterMs }: { afterMs: number }) {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const due = performance.now() + Math.max(0, afterMs)
    const ask = () => {
      if (performance.now() < due || document.visibilityState !== 'visible') return
      place.current?.closest('form')?.requestSubmit()
    }
    const timer = setTimeout(ask, Math.max(0, afterMs) + LATE_MS)
    document.addEventListener('visibilitychange', ask)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [afterMs])
  return <span ref={place} hidden />
}
