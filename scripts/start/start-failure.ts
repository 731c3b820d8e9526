/** Something that the person at the keyboard can mend: told in one sentence, without a stack. */
export class StartFailure extends Error {}

/** The first line of what an unknown error says; some errors of the network have a code and nothing to say. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).split('\n')[0] ?? ''
  return error.message.split('\n')[0] || ('code' in error ? String(error.code) : error.name)
}
