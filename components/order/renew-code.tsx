'use client'
import { useEffect, useRef } from 'react'

/** Sends the form around it once `at` has come and somebody looks: a page that lies open in a drawer asks for nothing. */
export function RenewCode({ at }: { at: string }) {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const ask = () => {
      if (Date.now() >= Date.parse(at) && document.visibilityState === 'visible') {
        place.current?.closest('form')?.requestSubmit()
      }
    }
    const timer = setTimeout(ask, Math.max(0, Date.parse(at) - Date.now()) + 500)
    document.addEventListener('visibilitychange', ask)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [at])
  return <span ref={place} hidden />
}
