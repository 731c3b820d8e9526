/** What a door says to the form that knocked. */
export type Answer = {
  /** `step_up`: the same again with the code of the device, in the field `stepUpCode`. */
  readonly status: 'nothing_yet' | 'done' | 'refused' | 'step_up'
  /** A sentence in the language of the page. */
  readonly said: string | null
  /** A sentence for each field that is not right. */
  readonly errors: Readonly<Record<string, string>>
  /** What was typed, so that it need not be typed again; never a password or a code. */
  readonly values: Readonly<Record<string, string>>
  /** With `step_up`: what a passkey may sign instead of giving the code, and the words for it. */
  readonly passkey?: {
    readonly question: { readonly challenge: string; readonly ids: readonly string[] }
    readonly label: string
    readonly failed: string
  } | null
}

/** Before the first try; what `useActionState` begins with. */
export const NOTHING_YET: Answer = { status: 'nothing_yet', said: null, errors: {}, values: {} }

/** What a handler returns that does not redirect. */
export type Outcome =
  | { readonly kind: 'done'; readonly said: string | null }
  | {
      readonly kind: 'refused'
      readonly said: string | null
      readonly errors: Readonly<Record<string, string>>
      readonly values: Readonly<Record<string, string>>
    }

export const done = (said: string | null = null): Outcome => ({ kind: 'done', said })
/**
 * @param errors a sentence for each field that it is about.
 * @param values what fields show instead of what was typed.
 */
export const refused = (
  said: string | null,
  errors: Readonly<Record<string, string>> = {},
  values: Readonly<Record<string, string>> = {},
): Outcome => ({ kind: 'refused', said, errors, values })

/** An action as a form takes it, with `useActionState` or alone. */
export type FormAction = (previous: Answer, form: FormData) => Promise<Answer>
