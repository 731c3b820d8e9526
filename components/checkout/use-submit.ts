import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { CheckoutView } from '#lib/checkout/checkout-view.ts'
import { CHECKOUT_FIELDS, type CheckoutErrors } from '#lib/domain/checkout-fields.ts'
import { fieldId } from './field.tsx'

/** What the door says to a script. */
type Answer = {
  readonly location?: string
  readonly errors?: CheckoutErrors
  readonly said?: string
  /** The id for the next try, where the old one has its order. */
  readonly request?: string
}

/** Sends the form by script and keeps what came of it; a second press while the first is under way does nothing. */
export function useSubmit(view: CheckoutView) {
  const [errors, setErrors] = useState(view.errors)
  const [notices, setNotices] = useState(view.notices)
  const [requestId, setRequestId] = useState(view.requestId)
  const [pending, setPending] = useState(false)
  const underWay = useRef(false)
  const rest = useCallback(() => {
    underWay.current = false
    setPending(false)
  }, [])

  useEffect(() => {
    const firstWrong = CHECKOUT_FIELDS.find((field) => errors[field])
    if (firstWrong) document.getElementById(fieldId(firstWrong))?.focus()
  }, [errors])
  useEffect(() => {
    // Kept in memory by the browser and shown again: nothing is under way any more.
    addEventListener('pageshow', rest)
    return () => removeEventListener('pageshow', rest)
  }, [rest])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (underWay.current) return
    underWay.current = true
    setPending(true)
    const { submitter } = event.nativeEvent as SubmitEvent
    const answer = await send(event.currentTarget, submitter)
    // The next page is on its way, and until it is here the button stays as it is.
    if (answer?.location) return location.assign(answer.location)
    rest()
    setErrors(answer?.errors ?? {})
    setNotices(answer?.errors ? [] : [answer?.said ?? view.words.unreachable])
    if (answer?.request) setRequestId(answer.request)
  }
  return { errors, notices, requestId, pending, submit: (event: FormEvent<HTMLFormElement>) => void submit(event) }
}

/** Null when no answer came, or none of ours: nobody knows then whether the order was placed. */
async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<Answer | null> {
  const fields = [...new FormData(form, submitter)].map(([name, value]) => [name, String(value)])
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(fields),
    })
    return (await answer.json()) as Answer
  } catch {
    return null
  }
}
