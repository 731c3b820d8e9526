'use client'

import { type ComponentProps, type ReactNode, useId } from 'react'
import { useAnswer } from './action-form.tsx'

/** A line of text with its label, hint and error; shows what was typed when the form comes back. */
export function TextField({
  name,
  label,
  hint,
  optional,
  defaultValue = '',
  ...input
}: Omit<ComponentProps<'input'>, 'name' | 'defaultValue'> & {
  readonly name: string
  readonly label: string
  readonly hint?: ReactNode
  /** The word for what may be left empty; a field without it is required. */
  readonly optional?: string
  readonly defaultValue?: string
}) {
  const { values, errors } = useAnswer()
  const error = errors[name]
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="form-field">
      <label htmlFor={id}>
        {label}
        {optional ? <small>{optional}</small> : null}
      </label>
      <input
        type="text"
        maxLength={400}
        {...input}
        id={id}
        name={name}
        required={optional === undefined}
        defaultValue={values[name] ?? defaultValue}
        aria-invalid={error !== undefined}
        aria-describedby={described || undefined}
      />
      {hint ? (
        <p className="form-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className="form-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  )
}
