/** Next waits for this before it answers the first request, and calls it once in each server process. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { layShortWays } = await import('#lib/http/short-ways.ts')
  const { SHORT_WAYS } = await import('#app/api/short-ways.ts')
  const { apiHeaders } = await import('#lib/http/security-headers.ts')
  const openShortWays = layShortWays(SHORT_WAYS, apiHeaders(process.env))
  const { notePeers } = await import('#lib/http/note-peer.ts')
  notePeers()
  const { followRequests } = await import('#lib/telemetry/follow-requests.ts')
  followRequests()
  const { startTracing } = await import('#lib/telemetry/tracing/start-tracing.ts')
  startTracing(process.env, 'web')
  const { giveTrueStatuses } = await import('#lib/http/true-status.ts')
  giveTrueStatuses()
  const { requireSoundSettings } = await import('#lib/payments/require-sound-settings.ts')
  requireSoundSettings()
  const { keepPagesTrue } = await import('#lib/freshness/keep-pages-true.ts')
  await keepPagesTrue()
  const { keepBeating } = await import('#lib/telemetry/keep-beating.ts')
  const beating = await keepBeating('web')
  // Next has handlers of its own, which end the process once its answers are given.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void beating.stop())
  const [{ keepWatchingWorker }, { operatorOfShop }] = await Promise.all([
    import('#lib/watch/watch-worker.ts'),
    import('#lib/watch/operator.ts'),
  ])
  keepWatchingWorker(operatorOfShop())
  const [{ drainFirst }, { env }] = [await import('#lib/http/drain.ts'), await import('#lib/env.ts')]
  drainFirst(env.DRAIN_SECONDS, process)
  // In development Next answers everything itself: it alone sees that a handler was edited.
  if (process.env.NODE_ENV !== 'development') openShortWays()
}
