'use client'
import type { ComponentProps, ReactNode } from 'react'
import { useAnswer } from '#components/form/action-form.tsx'

type FieldProps = {
  /** Unique on the page. */
  readonly id: string
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong with it, in a sentence; in an `ActionForm` the door's word stands by itself. */
  readonly error?: string | undefined
  /** The word for what may be left empty; a field without it is required. */
  readonly optional?: string | undefined
}

/** What the door said of the field, in an `ActionForm`; elsewhere nothing. */
function useSaid({ name, error }: FieldProps) {
  const { errors, values } = useAnswer()
  return { error: error ?? errors[name], typed: values[name] }
}

/** What ties an input to its label, hint and error. */
function tied({ id, name, hint, optional }: FieldProps, error: string | undefined) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return {
    id,
    name,
    className: 'office-input',
    required: optional === undefined,
    'aria-invalid': error !== undefined,
    'aria-describedby': described || undefined,
  }
}

function Frame({
  children,
  error,
  id,
  label,
  hint,
  optional,
}: FieldProps & { error: string | undefined; children: ReactNode }) {
  return (
    <div className="office-field">
      <label htmlFor={id}>
        {label}
        {optional ? <span>{optional}</span> : null}
      </label>
      {children}
      {hint ? (
        <p className="office-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className="office-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  )
}

type Input = Omit<ComponentProps<'input'>, 'name' | 'id'> & {
  /** Where `/` leads to. */
  readonly 'data-search'?: ''
}

/** A line of text with its label, hint and error; keeps what was typed when the form comes back. */
export function TextField({ input = {}, ...field }: FieldProps & { input?: Input }) {
  const { error, typed } = useSaid(field)
  return (
    <Frame {...field} error={error}>
      <input
        type="text"
        maxLength={400}
        {...input}
        {...tied(field, error)}
        defaultValue={typed ?? input.defaultValue}
      />
    </Frame>
  )
}

/** Several lines of text. */
export function TextArea({
  area = {},
  ...field
}: FieldProps & { area?: Omit<ComponentProps<'textarea'>, 'name' | 'id'> }) {
  const { error, typed } = useSaid(field)
  return (
    <Frame {...field} error={error}>
      <textarea maxLength={4000} rows={3} {...area} {...tied(field, error)} defaultValue={typed ?? area.defaultValue} />
    </Frame>
  )
}

/** One of a list; the options are its children. */
export function SelectField({
  select,
  children,
  ...field
}: FieldProps & {
  select: Omit<ComponentProps<'select'>, 'name' | 'id' | 'children'>
  children: ReactNode
}) {
  const { error, typed } = useSaid(field)
  return (
    <Frame {...field} error={error}>
      <select {...select} {...tied(field, error)} defaultValue={typed ?? select.defaultValue}>
        {children}
      </select>
    </Frame>
  )
}

/** Yes or no. */
export const CheckField = ({
  id,
  name,
  label,
  hint,
  input,
}: Omit<FieldProps, 'optional'> & { input?: Omit<ComponentProps<'input'>, 'name' | 'id'> }) => (
  <div className="office-field">
    <label className="office-check" htmlFor={id}>
      <input type="checkbox" id={id} name={name} aria-describedby={hint ? `${id}-hint` : undefined} {...input} />
      {label}
    </label>
    {hint ? (
      <p className="office-hint" id={`${id}-hint`}>
        {hint}
      </p>
    ) : null}
  </div>
)
