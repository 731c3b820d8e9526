import type { Locale } from './locale.ts'

/** Somebody who is signed in. */
export type Account = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly locale: Locale
  readonly sessionId: string
}
