'use client'

import { useAnswer } from './action-form.tsx'
import { TextField } from './text-field.tsx'

/** The field for the code of the device, there once the action has asked for it. */
export function StepUpField({ label }: { readonly label: string }) {
  const { status } = useAnswer()
  return status === 'step_up' ? (
    <TextField name="stepUpCode" label={label} inputMode="numeric" autoComplete="one-time-code" maxLength={20} />
  ) : null
}
