'use client'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'

/** Long enough for the next letter of somebody who types fast. */
const PAUSE_MS = 180

/**
 * Put into a form that asks by its address: the list below follows what is typed and chosen, without the button. The
 * form works without it.
 */
export function AskAsTyped({ busy }: { busy: string }) {
  const place = useRef<HTMLSpanElement>(null)
  const router = useRouter()
  const [pending, start] = useTransition()
  useEffect(() => {
    const form = place.current?.closest('form')
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () => {
      if (!form) return
      const fields = new URLSearchParams()
      for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value) fields.append(name, value)
      const path = new URL(form.action).pathname
      start(() => router.replace((fields.size === 0 ? path : `${path}?${fields}`) as Route, { scroll: false }))
    }
    // While an input method composes, the field holds the letters of a Chinese word that is not chosen yet.
    const onInput = (event: Event) => {
      clearTimeout(timer)
      if (!(event instanceof InputEvent && event.isComposing)) timer = setTimeout(ask, PAUSE_MS)
    }
    form?.addEventListener('input', onInput)
    form?.addEventListener('compositionend', onInput)
    return () => {
      clearTimeout(timer)
      form?.removeEventListener('input', onInput)
      form?.removeEventListener('compositionend', onInput)
    }
  }, [router])
  return (
    <span ref={place} className="office-busy" role="status">
      {pending ? busy : ''}
    </span>
  )
}
