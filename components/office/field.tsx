import type { ComponentProps, ReactNode } from 'react'

type FieldProps = {
  /** Unique on the page. */
  readonly id: string
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong with what was typed, in a sentence. */
  readonly error?: string | undefined
  /** The word for what may be left empty; a field without it is required. */
  readonly optional?: string | undefined
}

/** What ties an input to its label, hint and error. */
function tied({ id, name, hint, error, optional }: FieldProps) {
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

function Frame({ children, id, label, hint, error, optional }: FieldProps & { children: ReactNode }) {
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

/** A line of text with its label, hint and error. */
export const TextField = ({ input, ...field }: FieldProps & { input?: ComponentProps<'input'> }) => (
  <Frame {...field}>
    <input type="text" maxLength={400} {...tied(field)} {...input} />
  </Frame>
)

/** Several lines of text. */
export const TextArea = ({ area, ...field }: FieldProps & { area?: ComponentProps<'textarea'> }) => (
  <Frame {...field}>
    <textarea maxLength={4000} rows={3} {...tied(field)} {...area} />
  </Frame>
)

/** One of a list; the options are its children. */
export const SelectField = ({ select, ...field }: FieldProps & { select: ComponentProps<'select'> }) => (
  <Frame {...field}>
    <select {...tied(field)} {...select} />
  </Frame>
)

/** Yes or no. */
export const CheckField = ({
  id,
  name,
  label,
  hint,
  input,
}: Omit<FieldProps, 'error' | 'optional'> & { input?: ComponentProps<'input'> }) => (
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
