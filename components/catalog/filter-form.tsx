'use client'
import type { Route } from 'next'
import Form from 'next/form'
import type { ReactNode } from 'react'

/**
 * A GET form that asks again as soon as a choice is made; before JavaScript its button does the same.
 * A typed price counts when the field is left, as the browser's own `change` event has it.
 */
export function FilterForm({ action, children }: { action: Route; children: ReactNode }) {
  const askAgain = (form: HTMLFormElement | null) => {
    const ask = () => form?.requestSubmit()
    form?.addEventListener('change', ask)
    return () => form?.removeEventListener('change', ask)
  }
  return (
    <Form ref={askAgain} className="filter" action={action} scroll={false} replace prefetch={false}>
      {children}
    </Form>
  )
}
