import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import type { FormAction } from '#lib/doors/answer.ts'
import { labelOf } from '#lib/i18n/label-of.ts'
import { PartForm } from './part-form.tsx'

/** The same ids with one of them a place nearer to the beginning or to the end. */
export function moved(ids: readonly number[], id: number, by: -1 | 1): readonly number[] | null {
  const at = ids.indexOf(id)
  const other = ids[at + by]
  if (at === -1 || other === undefined) return null
  return ids.map((one) => (one === id ? other : one === other ? id : one))
}

/** Moves a part of a piece one place; works by keyboard, and without JavaScript. */
export async function MoveButtons({
  action,
  product,
  parts,
  ids,
  id,
  name,
}: {
  action: FormAction
  product: { readonly id: number; readonly version: number }
  parts: 'variants' | 'photos'
  ids: readonly number[]
  id: number
  /** What is moved, for who does not see where the buttons stand. */
  name: string
}) {
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('officeCatalogue')])
  return (
    <div className="office-acts">
      {([-1, 1] as const).map((by) => {
        const order = moved(ids, id, by)
        const label = t(by === -1 ? 'earlier' : 'later')
        return order ? (
          <PartForm
            key={by}
            action={action}
            product={product}
            fields={{ parts, order: order.join() }}
            label={labelOf(label, name, locale)}
            className=""
          >
            <SubmitButton look="quiet" aria-label={labelOf(label, name, locale)}>
              {label}
            </SubmitButton>
          </PartForm>
        ) : null
      })}
    </div>
  )
}
