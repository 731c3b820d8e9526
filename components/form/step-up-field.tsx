'use client'

import { GivePasskey } from '#components/passkey/give-passkey.tsx'
import { useAnswer } from './action-form.tsx'
import { TextField } from './text-field.tsx'

/** The field for the code of the device, there once the action has asked for it; a passkey will do as well. */
export function StepUpField({ label }: { readonly label: string }) {
  const { status, passkey } = useAnswer()
  if (status !== 'step_up') return null
  return (
    <>
      <TextField name="stepUpCode" label={label} inputMode="numeric" autoComplete="one-time-code" maxLength={20} />
      {passkey ? <GivePasskey {...passkey} field="stepUpCode" /> : null}
    </>
  )
}
