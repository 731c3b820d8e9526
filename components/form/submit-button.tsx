'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from '#components/ui/button.tsx'

/** The button of a form; says that it is busy to who cannot see it, and takes no second press. */
export function SubmitButton(props: ComponentProps<typeof Button>) {
  const { pending } = useFormStatus()
  return <Button type="submit" aria-busy={pending} {...props} disabled={pending || props.disabled} />
}
