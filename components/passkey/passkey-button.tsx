'use client'

import { type MouseEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'

/**
 * Asks the device for a passkey, puts what it said into a field of the form around, and sends the form.
 * @param ask gives what the field is to hold, or throws.
 */
export function PasskeyButton({
  field,
  ask,
  label,
  failed,
}: {
  readonly field: string
  readonly ask: () => Promise<string>
  readonly label: string
  /** What is said when there was none. */
  readonly failed: string
}) {
  const [state, setState] = useState<'ready' | 'asking' | 'failed'>('ready')

  async function send({ currentTarget }: MouseEvent<HTMLButtonElement>): Promise<void> {
    const { form } = currentTarget
    const input = form?.elements.namedItem(field)
    if (!form || !(input instanceof HTMLInputElement)) return
    setState('asking')
    try {
      input.value = await ask()
      form.requestSubmit()
      input.value = ''
      setState('ready')
    } catch {
      setState('failed')
    }
  }

  return (
    <>
      <Button type="button" look="quiet" onClick={send} disabled={state === 'asking'}>
        {label}
      </Button>
      <p role="status" className="form-hint">
        {state === 'failed' ? failed : null}
      </p>
    </>
  )
}
