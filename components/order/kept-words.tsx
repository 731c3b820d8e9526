'use client'

import { useAnswer } from '#components/form/action-form.tsx'

/** Several lines of text in a form of an action; keeps what was typed when the form comes back. */
export function KeptWords({
  id,
  name,
  label,
  optional,
  maxLength,
}: {
  readonly id: string
  readonly name: string
  readonly label: string
  /** The word for what may be left empty. */
  readonly optional: string
  readonly maxLength: number
}) {
  const { values } = useAnswer()
  return (
    <div className="form-field">
      <label htmlFor={id}>
        {label}
        <small>{optional}</small>
      </label>
      <textarea id={id} name={name} rows={4} maxLength={maxLength} defaultValue={values[name] ?? ''} />
    </div>
  )
}
