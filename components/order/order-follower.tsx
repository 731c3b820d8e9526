'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const POLL_MS = 4_000

/**
 * Asks for the page again when the order has become another version than the one on it. Only where a stream of events
 * can't be had it asks every few seconds.
 */
export function OrderFollower({ events, version }: { events: string; version: string }) {
  const router = useRouter()
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined
    const source = new EventSource(events)
    source.onmessage = ({ data }) => {
      if (data !== version) router.refresh()
    }
    source.onerror = () => {
      // Anything but closed for good comes back by itself.
      if (source.readyState === EventSource.CLOSED) timer ??= setInterval(() => router.refresh(), POLL_MS)
    }
    return () => {
      source.close()
      clearInterval(timer)
    }
  }, [events, version, router])
  return null
}
