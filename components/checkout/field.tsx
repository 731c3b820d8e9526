import type { ComponentProps, ReactNode } from 'react'
import type { CheckoutField } from '#lib/domain/checkout-fields.ts'

export const fieldId = (name: CheckoutField) => `checkout-${name}`
export const errorId = (name: CheckoutField) => `${fieldId(name)}-error`

type FieldProps = {
  readonly name: CheckoutField
  readonly label: string
  readonly hint?: string | undefined
  readonly error: string | undefined
  /** The word for what may be left empty; a field without it is required. */
  readonly optional?: string | undefined
  /** Takes half of the line where there is room. */
  readonly half?: boolean
}

/** What ties an input to its label, hint and error. */
function tied({ name, hint, error, optional }: FieldProps) {
  const described = [hint && `${fieldId(name)}-hint`, error && errorId(name)].filter(Boolean).join(' ')
  return {
    id: fieldId(name),
    name,
    required: optional === undefined,
    'aria-invalid': error !== undefined,
    'aria-describedby': described || undefined,
  }
}

function Frame({ children, ...field }: FieldProps & { children: ReactNode }) {
  const { name, label, hint, error, optional, half } = field
  return (
    <div className={half ? 'checkout-field checkout-half' : 'checkout-field'}>
      <label htmlFor={fieldId(name)}>
        {label}
        {optional ? <small>{optional}</small> : null}
      </label>
      {children}
      {hint ? (
        <p className="checkout-hint" id={`${fieldId(name)}-hint`}>
          {hint}
        </p>
      ) : null}
      <FieldError name={name} error={error} />
    </div>
  )
}

export function FieldError({ name, error }: { name: CheckoutField; error: string | undefined }) {
  return error === undefined ? null : (
    <p className="checkout-error" id={errorId(name)}>
      {error}
    </p>
  )
}

/** A line of text with its label, hint and error. */
export function TextField({ input, ...field }: FieldProps & { input?: ComponentProps<'input'> }) {
  return (
    <Frame {...field}>
      <input type="text" maxLength={400} {...tied(field)} {...input} />
    </Frame>
  )
}

/** A choice from a list with its label, hint and error. */
export function SelectField({ select, ...field }: FieldProps & { select: ComponentProps<'select'> }) {
  return (
    <Frame {...field}>
      <select {...tied(field)} {...select} />
    </Frame>
  )
}
