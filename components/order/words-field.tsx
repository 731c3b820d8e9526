'use client'

import { useAnswer } from '#components/form/action-form.tsx'

/** Several lines of text in a form of an action; keeps what was typed when the form comes back. */
export function WordsField({
  id,
  name,
  label,
  optional,
  maxLength,
  defaultValue = '',
}: {
  readonly id: string
  readonly name: string
  readonly label: string
  /** The word for what may be left empty; a field without it is required. */
  readonly optional?: string
  readonly maxLength: number
  readonly defaultValue?: string
}) {
  const { values, errors } = useAnswer()
  const error = errors[name]
  return (
    <div className="form-field">
      <label htmlFor={id}>
        {label}
        {optional ? <small>{optional}</small> : null}
      </label>
      <textarea
        id={id}
        name={name}
        rows={4}
        maxLength={maxLength}
        required={optional === undefined}
        defaultValue={values[name] ?? defaultValue}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      {error ? (
        <p className="form-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  )
}
