'use client'
import { useEffect, useRef, useState } from 'react'
import { AddressFields } from '#components/checkout/address-fields.tsx'
import { TextField } from '#components/checkout/field.tsx'
import { ActionForm, useAnswer } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import type { AddressView } from '#lib/addresses/address-view.ts'
import type { AddressField } from '#lib/domain/checkout-fields.ts'
import type { FormAction } from '#lib/doors/answer.ts'

export type AddressFormWords = {
  readonly paste: string
  readonly pasteHint: string
  readonly split: string
  readonly asDefault: string
  readonly save: string
}
type Props = {
  readonly view: AddressView
  readonly words: AddressFormWords
  /** Of the address that is changed; null for a new one. */
  readonly id: string | null
  readonly isDefault: boolean
}

/** An address of the book. A whole Chinese address can be pasted and is split into the fields by the server. */
export function AddressForm({ action, ...props }: Props & { readonly action: FormAction }) {
  return (
    <ActionForm action={action} className="address-form">
      <Fields {...props} />
    </ActionForm>
  )
}

function Fields({ view, words, id, isDefault }: Props) {
  const { values: answered, errors } = useAnswer()
  const values = { ...view.values, ...answered }
  // What the server put in is new to fields that keep their own state.
  const version = JSON.stringify(answered)
  return <KeyedFields key={version} {...{ words, id, isDefault, errors }} view={{ ...view, values }} />
}

function KeyedFields({
  view,
  words,
  id,
  isDefault,
  errors,
}: Props & { readonly errors: Readonly<Record<string, string>> }) {
  const [country, setCountry] = useState(view.values.country)
  const errorOf = (field: string) => errors[field]
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => {
    first.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [])
  return (
    <div className="address-fields" ref={first}>
      <details>
        <summary>{words.paste}</summary>
        <label className="sr-only" htmlFor="address-pasted">
          {words.paste}
        </label>
        <textarea id="address-pasted" name="pasted" rows={3} maxLength={500} aria-describedby="address-pasted-hint" />
        <p className="checkout-hint" id="address-pasted-hint">
          {words.pasteHint}
        </p>
        <SubmitButton look="quiet" name="intent" value="split" formNoValidate>
          {words.split}
        </SubmitButton>
      </details>
      {id === null ? null : <input type="hidden" name="id" value={id} />}
      <AddressFields view={view} country={country} setCountry={setCountry} errorOf={errorOf} />
      <TextField
        name="phone"
        label={view.words.phone}
        hint={view.words.phoneHint}
        error={errorOf('phone' satisfies AddressField)}
        input={{ type: 'tel', autoComplete: 'tel', defaultValue: view.values.phone }}
      />
      <label className="address-default">
        <input type="checkbox" name="asDefault" value="yes" defaultChecked={isDefault} />
        {words.asDefault}
      </label>
      <SubmitButton name="intent" value="save">
        {words.save}
      </SubmitButton>
    </div>
  )
}
