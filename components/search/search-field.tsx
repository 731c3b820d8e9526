'use client'
import {
  type ComponentProps,
  type ComponentType,
  type InputEvent,
  type KeyboardEvent,
  lazy,
  Suspense,
  useId,
  useState,
} from 'react'
import type { Locale } from '#lib/domain/locale.ts'
import type { SuggestionList as List } from './suggestion-list.tsx'
import { useSuggestions } from './use-suggestions.ts'

const load = () => import('./suggestion-list.tsx')
const SuggestionList = lazy<ComponentType<ComponentProps<typeof List>>>(() =>
  load().then(
    ({ SuggestionList }) => ({ default: SuggestionList }),
    // Without them the field is still a search field.
    () => ({ default: () => null }),
  ),
)

/**
 * A text field that suggests: the "editable combobox with list autocomplete" of the ARIA Authoring Practices. Enter asks
 * for what was typed unless a suggestion was chosen with the arrows.
 */
export function SearchField({ locale, label, value = '' }: { locale: Locale; label: string; value?: string }) {
  const id = useId()
  const { suggestions, announcement, ask, forget } = useSuggestions(locale)
  const [active, setActive] = useState(-1)
  const open = suggestions.length > 0
  const optionId = (index: number) => `${id}-${index}`

  const close = () => {
    forget()
    setActive(-1)
  }
  const suggestFor = (typed: string) => {
    void load().catch(() => undefined)
    setActive(-1)
    ask(typed)
  }
  // While an input method composes, the field holds the letters of a Chinese word that is not chosen yet.
  const onInput = (event: InputEvent<HTMLInputElement>) => {
    if (!event.nativeEvent.isComposing) suggestFor(event.currentTarget.value)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!open || event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    // One place more than there are suggestions: the text itself, before the first and after the last.
    if (step) setActive(((active + 1 + step + suggestions.length + 1) % (suggestions.length + 1)) - 1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && active >= 0) document.getElementById(optionId(active))?.click()
    else return
    event.preventDefault()
  }

  return (
    <div className="search-field">
      <input
        type="search"
        name="q"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={id}
        aria-activedescendant={active >= 0 ? optionId(active) : undefined}
        placeholder={label}
        defaultValue={value}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        onFocus={(event) => suggestFor(event.currentTarget.value)}
        onInput={onInput}
        onCompositionEnd={(event) => suggestFor(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <div id={id} role="listbox" aria-label={label} hidden={!open} onPointerDown={(event) => event.preventDefault()}>
        {open ? (
          <Suspense fallback={null}>
            <SuggestionList suggestions={suggestions} active={active} optionId={optionId} onChoose={close} />
          </Suspense>
        ) : null}
      </div>
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </div>
  )
}
