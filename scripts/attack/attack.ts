/** One thing that was tried; `broke` says what it achieved, null when nothing. */
export type Attempt = { readonly what: string; readonly broke: string | null }

export type Target = {
  readonly url: string
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
}

/** Asks a shop without following it anywhere, and without waiting longer than ten seconds. */
export const targetAt = (url: string): Target => ({
  url,
  ask: (path, init = {}) => fetch(url + path, { redirect: 'manual', signal: AbortSignal.timeout(10_000), ...init }),
})

/** One after the other, so that no limit of the shop is what stops them. */
export async function tryAll<T>(cases: readonly T[], attempt: (each: T) => Promise<Attempt>): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  for (const each of cases) attempts.push(await attempt(each))
  return attempts
}
