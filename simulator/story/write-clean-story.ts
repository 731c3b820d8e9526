import { seededChance } from '../platform/chance.ts'
import type { Moment } from './act.ts'
import { PIECES, type StoryOptions } from './write-story.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
/** A shop with forty orders an hour, day and night. */
const APART_MS = 90 * SECOND

/** A good day: shoppers come, choose a way and pay by it, or think better of it. Nothing goes wrong and nobody misbehaves. */
export function writeCleanStory({ seed, orders, methods }: StoryOptions): Moment[] {
  const chance = seededChance(seed)
  const [first = 'alipay_page', ...others] = methods
  const moments: Moment[] = []
  for (let shopper = 0; shopper < orders; shopper++) {
    const quantity = chance.pick([1, 1, 1, 2, 3, 4])
    const lines = [{ piece: chance.below(PIECES), quantity }]
    const method = chance.pick([first, ...others])
    let atMs = shopper * APART_MS + chance.below(APART_MS)
    moments.push({ atMs, acts: [{ kind: 'place', shopper, lines, code: null, clicks: 1 }] })
    atMs += chance.between(2 * SECOND, MINUTE)
    moments.push({ atMs, acts: [{ kind: 'start', shopper, method, clicks: 1 }] })
    if (chance.happens(0.15)) continue
    atMs += chance.between(5 * SECOND, 3 * MINUTE)
    moments.push({ atMs, acts: [{ kind: 'pay', shopper, method }] })
    if (chance.happens(0.7)) moments.push({ atMs: atMs + 2 * SECOND, acts: [{ kind: 'return', shopper, method }] })
  }
  return moments.toSorted((a, b) => a.atMs - b.atMs)
}
