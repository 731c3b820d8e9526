import type { ReactNode } from 'react'
import { ActionForm } from '#components/form/action-form.tsx'
import type { FormAction } from '#lib/doors/answer.ts'

/** A form about one part of a piece, over the version of the piece that the page shows. */
export function PartForm({
  action,
  product,
  fields = {},
  label,
  className = 'office-form',
  children,
}: {
  action: FormAction
  product: { readonly id: number; readonly version: number }
  /** What the form sends without showing it. */
  fields?: Readonly<Record<string, string | number>>
  label?: string
  className?: string
  children: ReactNode
}) {
  return (
    <ActionForm action={action} className={className} label={label}>
      {Object.entries({ product: product.id, version: product.version, ...fields }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </ActionForm>
  )
}
