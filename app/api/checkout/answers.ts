const headersWith = (cookies: readonly string[], others: Record<string, string> = {}): Headers => {
  const headers = new Headers({ 'cache-control': 'no-store', ...others })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return headers
}

/** For a script. */
export const json = (answer: unknown, status: number, cookies: readonly string[] = []): Response =>
  Response.json(answer, { status, headers: headersWith(cookies) })

/** For a plain form. */
export const seeOther = (location: string, cookies: readonly string[] = []): Response =>
  new Response(null, { status: 303, headers: headersWith(cookies, { location }) })
