'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 1_000
const EVERY_SECONDS_WITHOUT_SCRIPT = 3

/** Asks for the page again every second while something on it goes on; render it only then. */
export function KeepFresh({ says }: { says: string }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [router])
  return (
    <p className="office-hint">
      {says}
      <noscript>
        <meta httpEquiv="refresh" content={String(EVERY_SECONDS_WITHOUT_SCRIPT)} />
      </noscript>
    </p>
  )
}
