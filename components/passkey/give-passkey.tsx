'use client'

import { askPasskey, type PasskeyQuestion } from './ask-passkey.ts'
import { PasskeyButton } from './passkey-button.tsx'

/** Gives a passkey in place of the code that a field asks for. */
export const GivePasskey = ({
  question,
  ...button
}: {
  readonly question: PasskeyQuestion
  readonly field: string
  readonly label: string
  readonly failed: string
}) => <PasskeyButton {...button} ask={() => askPasskey(question)} />
