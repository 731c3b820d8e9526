import 'server-only'
import { followInvalidations } from '#db/invalidations/follow-invalidations.ts'
import { log } from '#lib/log.ts'
import { expireTags } from './expire-tags.ts'
import { setFollowing } from './freshness-health.ts'

/**
 * When to expire a tag once more. Next stamps a page when its render ends, so that one which read the old price just
 * before a change and was stored just after it passes for newer than the change, and would stay. A render that lasted
 * as long as one of these is caught by the next; seen with a render of 3 s, which only the last one mends.
 */
const AGAIN_AFTER_MS = [250, 1_000, 5_000]

/** Applies to this process what was invalidated since its pages were built, and from now on what will be. */
export async function keepPagesTrue(): Promise<void> {
  const builtAt = process.env['BUILD_STARTED_AT']
  if (!builtAt) throw new Error('The build does not say when it was made: next.config.ts must set BUILD_STARTED_AT.')
  const following = await followInvalidations(new Date(builtAt), {
    onTags: (tags) => {
      expireTags(tags)
      for (const delay of AGAIN_AFTER_MS) setTimeout(expireTags, delay, tags).unref()
      log.debug({ tags }, 'catalogue changed')
    },
    onTrouble: (err) => {
      if (err) log.error({ err }, 'changes of the catalogue cannot be followed, pages may be old')
      else log.info('changes of the catalogue are followed again')
    },
  })
  setFollowing(following)
}
