/** An expected outcome. Bugs and lost connections throw; refusals come back as values. */
export type Result<T, E extends { code: string }> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T) => ({ ok: true, value }) as const
export const err = <const E extends { code: string }>(error: E) => ({ ok: false, error }) as const
