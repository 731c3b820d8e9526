'use client'

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from 'react'
import { type Answer, type FormAction, NOTHING_YET } from '#lib/doors/answer.ts'

export const AnswerContext = createContext<Answer>(NOTHING_YET)

/** What the door said last to the form around. */
export const useAnswer = (): Answer => useContext(AnswerContext)

/**
 * A form that is posted to an action, with JavaScript and without. What the door says stands on top and is read out;
 * fields show their own errors and keep what was typed.
 */
export function ActionForm({
  action,
  first = NOTHING_YET,
  children,
  id,
  className = 'form',
  label,
}: {
  readonly action: FormAction
  /** What the door said to who sent the form without JavaScript. */
  readonly first?: Answer | undefined
  readonly children: ReactNode
  readonly id?: string | undefined
  readonly className?: string | undefined
  /** The form's name for who does not see it; for a page with several. */
  readonly label?: string | undefined
}) {
  const [answer, dispatch] = useActionState(action, first)
  const note = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (answer.status !== 'nothing_yet') note.current?.focus()
  }, [answer])
  return (
    <form action={dispatch} className={className} id={id} aria-label={label}>
      <AnswerContext value={answer}>
        {answer.said === null ? null : (
          <p
            className={answer.status === 'done' ? 'form-said form-done' : 'form-said form-problem'}
            ref={note}
            role={answer.status === 'done' ? 'status' : 'alert'}
            tabIndex={-1}
          >
            {answer.said}
          </p>
        )}
        {children}
      </AnswerContext>
    </form>
  )
}
