'use client'
import { useEffect, useRef } from 'react'

/**
 * Sends the form around it when the address says `go`, and takes the word out of the address: who comes back from the
 * cashier wants to see this page and not be sent there again.
 */
export function PressOnce() {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const address = new URL(window.location.href)
    if (!address.searchParams.has('go')) return
    address.searchParams.delete('go')
    window.history.replaceState(null, '', address)
    place.current?.closest('form')?.submit()
  }, [])
  return <span ref={place} hidden />
}
