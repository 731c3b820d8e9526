import type { ReactNode } from 'react'
import { TextField } from './field.tsx'

/**
 * An act in two steps: a button that opens what the act means, and the button that does it. Works without JavaScript;
 * put it into the form, its children are what to know and further fields.
 */
export function ConfirmButton({
  label,
  confirm,
  danger = false,
  children,
}: {
  label: string
  /** The words of the second button. */
  confirm: string
  danger?: boolean
  children: ReactNode
}) {
  return (
    <details className="office-confirm">
      <summary className={danger ? 'button button-danger' : 'button button-quiet'}>{label}</summary>
      <div>
        {children}
        <p>
          <button type="submit" className={danger ? 'button button-danger' : 'button'}>
            {confirm}
          </button>
        </p>
      </div>
    </details>
  )
}

/**
 * For what can't be undone: one types a word that names the thing. The browser checks it before it sends; the action
 * checks again, by the field `confirmation`.
 */
export const TypeToConfirm = ({
  id,
  word,
  label,
  hint,
}: {
  id: string
  word: string
  label: string
  hint?: string
}) => (
  <TextField
    id={id}
    name="confirmation"
    label={label}
    hint={hint}
    input={{ pattern: RegExp.escape(word), autoComplete: 'off', spellCheck: false }}
  />
)
