import { Button } from '#components/ui/button.tsx'

export type ShownMethod = { readonly id: string; readonly name: string; readonly hint: string }

/** The ways to pay, the first of them chosen; a plain form. */
export function PaymentChoice({
  action,
  methods,
  legend,
  submit,
}: {
  action: string
  methods: readonly ShownMethod[]
  legend: string
  submit: string
}) {
  return (
    <form action={action} method="post" className="payment-choice">
      <fieldset>
        <legend>{legend}</legend>
        {methods.map(({ id, name, hint }, place) => (
          <label key={id}>
            <input type="radio" name="method" value={id} required defaultChecked={place === 0} />
            <span>
              {name}
              <small>{hint}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <Button type="submit">{submit}</Button>
    </form>
  )
}
