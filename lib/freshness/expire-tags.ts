import 'server-only'
import { tagsManifest } from 'next/dist/server/lib/incremental-cache/tags-manifest.external.js'

/**
 * Makes this process render anew, at the next request, what carries one of the tags: prerendered pages and cached reads.
 *
 * `revalidateTag` does the same and is documented, but works only inside a request, so that a server would have to post
 * to itself, and could answer with old pages between its start and that post. This map is the server's own and is what
 * `revalidateTag` writes to in the end. It is not documented: `server-tests/freshness.test.ts` fails if it ever stops
 * working; the way out is then a route that calls `revalidateTag(tag, { expire: 0 })`.
 */
export function expireTags(tags: readonly string[]): void {
  // The clock that Next compares with: Date.now() can be ahead of it, and a time to come does not expire anything yet.
  const expired = Math.round(performance.timeOrigin + performance.now())
  for (const tag of tags) tagsManifest.set(tag, { ...tagsManifest.get(tag), expired })
}
