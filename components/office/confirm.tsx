import type { ReactNode } from 'react'

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
