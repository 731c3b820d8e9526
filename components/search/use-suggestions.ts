'use client'
import { useRef, useState } from 'react'
import type { Locale } from '#lib/domain/locale.ts'
import type { SuggestionAnswer } from './suggestion-view.ts'

/** Shorter, and a quick typist asks for every letter; longer is felt as a wait. */
const PAUSE_MS = 120
const NOTHING: SuggestionAnswer = { suggestions: [], announcement: '' }

/** Nothing when the shop cannot be asked: without suggestions the field is still a search field. */
async function fetchSuggestions(typed: string, locale: Locale, signal: AbortSignal): Promise<SuggestionAnswer> {
  try {
    const response = await fetch(`/api/search/suggest?${new URLSearchParams({ q: typed, locale })}`, { signal })
    return response.ok ? await response.json() : NOTHING
  } catch {
    return NOTHING
  }
}

/** Suggestions for what was typed last; an answer that comes after another letter was typed is never shown. */
export function useSuggestions(locale: Locale) {
  const [answer, setAnswer] = useState(NOTHING)
  const current = useRef<AbortController>(null)

  const forget = () => {
    current.current?.abort()
    setAnswer(NOTHING)
  }
  const ask = (typed: string) => {
    current.current?.abort()
    if (typed.trim() === '') return setAnswer(NOTHING)
    const controller = new AbortController()
    current.current = controller
    setTimeout(async () => {
      if (controller.signal.aborted) return
      const next = await fetchSuggestions(typed, locale, controller.signal)
      if (!controller.signal.aborted) setAnswer(next)
    }, PAUSE_MS)
  }
  return { ...answer, ask, forget }
}
