import { Button } from '#components/ui/button.tsx'
import { PressOnce } from './press-once.tsx'

/** The form that opens a provider's cashier. It sends itself where there is JavaScript; the button does it everywhere. */
export function GatewayForm({
  url,
  fields,
  submit,
}: {
  url: string
  fields: readonly (readonly [name: string, value: string])[]
  submit: string
}) {
  return (
    <form action={url} method="post" acceptCharset="UTF-8">
      {fields.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit">{submit}</Button>
      <PressOnce />
    </form>
  )
}
