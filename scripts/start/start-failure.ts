/** Something that the person at the keyboard can mend: told in one sentence, without a stack. */
export class StartFailure extends Error {}

/** The first line of what an unknown error says. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
