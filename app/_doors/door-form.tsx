import type { ReactNode } from 'react'
import { ActionForm } from '#components/form/action-form.tsx'
import type { FormAction } from '#lib/doors/answer.ts'
import { answerTo } from '#lib/doors/kept-answer.ts'
import { FORM_FIELD } from '#lib/doors/read-form.ts'

/**
 * A form that is posted to an action of ours, with JavaScript and without: what the door says is shown on top and at
 * the fields (`components/form`), and what was typed is kept.
 * @param name tells this form from others of the site, in lower case with hyphens.
 */
export async function DoorForm({
  name,
  action,
  children,
  className,
  label,
}: {
  readonly name: string
  readonly action: FormAction
  readonly children: ReactNode
  readonly className?: string
  readonly label?: string
}) {
  const first = await answerTo(name)
  return (
    <ActionForm action={action} first={first} className={className} label={label} id={name}>
      <input type="hidden" name={FORM_FIELD} value={name} />
      {children}
    </ActionForm>
  )
}
