/**
 * Proof that a request was made by a page of ours: what the browser says of itself (`Sec-Fetch-Site`), or, from a
 * browser that does not, the page's origin. No proof is a no: `Origin: null`, a sibling host and a bare client too.
 * @param host the `Host` that the request came to.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = headers.get('origin')
  const host = headers.get('host')
  if (origin === null || host === null || !URL.canParse(origin)) return false
  return new URL(origin).host === host
}
