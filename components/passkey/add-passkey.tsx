'use client'

import { makePasskey, type PasskeyWish } from './make-passkey.ts'
import { PasskeyButton } from './passkey-button.tsx'

/** Makes a passkey on this device and sends the form with it. */
export const AddPasskey = ({
  wish,
  ...button
}: {
  readonly wish: PasskeyWish
  readonly field: string
  readonly label: string
  readonly failed: string
}) => <PasskeyButton {...button} ask={() => makePasskey(wish)} />
