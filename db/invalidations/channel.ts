/** What a committed change of `cache_invalidations` is announced on. The message is empty: look into the table. */
export const INVALIDATIONS_CHANNEL = 'cache_invalidated'
