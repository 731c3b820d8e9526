const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Since when a refund is under way, and how long to wait until the provider is asked again. */
const PAUSES = [
  { until: 5 * MINUTE_MS, pause: MINUTE_MS },
  { until: 10 * MINUTE_MS, pause: 5 * MINUTE_MS },
  { until: 20 * MINUTE_MS, pause: 10 * MINUTE_MS },
  { until: 24 * HOUR_MS, pause: 20 * MINUTE_MS },
] as const
/** Bank cards take days. */
const LONGEST_PAUSE_MS = 6 * HOUR_MS

/**
 * When to ask the provider next about a refund, in case its notification never comes: each minute at first, then after
 * 5, 10 and 20 minutes, and four times a day in the end. It never ends by itself, since only the provider ends a refund.
 * @param sentAt when it was sent first, or sent again after it had failed.
 */
export function nextRefundQueryAt(sentAt: Date, now: Date): Date {
  const underWay = now.getTime() - sentAt.getTime()
  const pause = PAUSES.find(({ until }) => underWay < until)?.pause ?? LONGEST_PAUSE_MS
  return new Date(now.getTime() + pause)
}
