/** Next waits for this before it answers the first request, and calls it once in each server process. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { notePeers } = await import('#lib/http/note-peer.ts')
  notePeers()
  const { requireSoundSettings } = await import('#lib/payments/require-sound-settings.ts')
  requireSoundSettings()
  const { keepPagesTrue } = await import('#lib/freshness/keep-pages-true.ts')
  await keepPagesTrue()
}
