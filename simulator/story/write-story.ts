import { CRASH_POINTS } from '../../lib/crash-point.ts'
import { type Chance, seededChance } from '../platform/chance.ts'
import { type Act, type Line, type MethodId, type Moment, REFUND_WISHES } from './act.ts'
import { COUPONS } from './coupons.ts'
import { goodsLife } from './goods-life.ts'
import { STRIKES } from './strikes.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Shoppers come about so often, so that some are always under way together. */
const APART_MS = 2 * MINUTE
export const PIECES = 5
/** What is done once a day costs as much as the orders of a short story. */
const WITH_BOOKS = 0.3

export type StoryOptions = { readonly seed: number; readonly orders: number; readonly methods: readonly MethodId[] }

/** The whole story of a seed, written before anything happens: each shopper's doings and all that goes wrong, by time. */
export function writeStory({ seed, orders, methods }: StoryOptions): Moment[] {
  const chance = seededChance(seed)
  const moments: Moment[] = []
  for (let shopper = 0; shopper < orders; shopper++) {
    const comesAt = chance.below(orders * APART_MS)
    moments.push(...shopperLife(chance, { shopper, comesAt, methods }))
  }
  const gateways = [...new Set(methods.map((method) => method.split('_')[0] ?? method))]
  const lasts = orders * APART_MS + 40 * MINUTE
  for (let n = 0; n < orders; n++) moments.push({ atMs: chance.below(lasts), acts: [misfortune(chance, gateways)] })
  if (chance.happens(WITH_BOOKS)) moments.push({ atMs: 0, acts: [{ kind: 'books' }] })
  return moments.toSorted((a, b) => a.atMs - b.atMs)
}

type Life = { readonly shopper: number; readonly comesAt: number; readonly methods: readonly MethodId[] }

function shopperLife(chance: Chance, { shopper, comesAt, methods }: Life): Moment[] {
  const moments: Moment[] = []
  let atMs = comesAt
  const wait = (least: number, most: number) => {
    atMs += chance.between(least, most)
  }
  const happens = (...acts: Act[]) => moments.push({ atMs, acts })
  const way = () => chance.pick(asChoices(methods))
  const clicks = () => (chance.happens(0.15) ? chance.between(2, 4) : 1)

  const code = chance.happens(0.4) ? chance.pick(asChoices(COUPONS)).code : null
  happens({ kind: 'place', shopper, lines: basket(chance), code, clicks: clicks() })
  const tries = chance.pick([0, 1, 1, 1, 1, 1, 2, 2, 3])
  for (let n = 0; n < tries; n++) {
    wait(2 * SECOND, chance.happens(0.2) ? 31 * MINUTE : 2 * MINUTE)
    const method = way()
    happens({ kind: 'start', shopper, method, clicks: clicks() })
    if (chance.happens(0.2)) continue
    wait(SECOND, chance.happens(0.15) ? 35 * MINUTE : MINUTE)
    const second = chance.happens(0.2) ? way() : null
    if (second) {
      happens({ kind: 'start', shopper, method: second, clicks: 1 })
      wait(SECOND, 20 * SECOND)
      const both: Act[] = [
        { kind: 'pay', shopper, method },
        { kind: 'pay', shopper, method: second },
      ]
      if (chance.happens(0.5)) happens(...both)
      else for (const act of both) happens(act)
    } else happens(...payment(chance, shopper, method))
    if (chance.happens(0.6)) {
      wait(0, 5 * SECOND)
      happens({ kind: 'return', shopper, method })
    }
  }
  if (chance.happens(0.35)) moments.push(...givenBack(chance, shopper, atMs))
  if (chance.happens(0.5)) moments.push(...goodsLife(chance, shopper, atMs))
  if (chance.happens(0.12)) {
    atMs = comesAt + chance.between(SECOND, 40 * MINUTE)
    happens({ kind: 'cancel', shopper })
  }
  return moments
}

/** A payment, now and then in the very moment of something that gets in its way. */
function payment(chance: Chance, shopper: number, method: MethodId): Act[] {
  const pay = { kind: 'pay', shopper, method } as const
  if (chance.happens(0.08)) return [pay, { kind: 'cancel', shopper }]
  if (chance.happens(0.08))
    return [pay, { kind: 'return', shopper, method }, { kind: 'start', shopper, method, clicks: 2 }]
  return [pay]
}

/** One wish of staff, or two that together may be more than was paid. */
function givenBack(chance: Chance, shopper: number, afterMs: number): Moment[] {
  const wishes = chance.pick([1, 1, 2])
  return Array.from({ length: wishes }, () => ({
    atMs: afterMs + chance.between(MINUTE, chance.happens(0.3) ? 30 * HOUR : 30 * MINUTE),
    acts: [
      {
        kind: 'refund',
        shopper,
        wish: chance.pick(REFUND_WISHES),
        people: chance.pick([1, 1, 2]),
        clicks: chance.pick([1, 1, 3]),
      } as const,
    ],
  }))
}

function basket(chance: Chance): Line[] {
  const lines: Line[] = []
  for (let piece = chance.below(PIECES); piece < PIECES && lines.length < 3; piece += chance.between(1, PIECES))
    lines.push({ piece, quantity: chance.pick([1, 1, 1, 2, 3]) })
  return chance.happens(0.5) ? lines.toReversed() : lines
}

function misfortune(chance: Chance, gateways: readonly string[]): Act {
  const roll = chance.next()
  if (roll < 0.2) return { kind: 'crash', point: chance.pick(asChoices(CRASH_POINTS)), nth: chance.between(1, 3) }
  if (roll < 0.28) return { kind: 'worker_away', minutes: chance.between(1, 45) }
  if (roll < 0.36) {
    const fault = chance.pick(['cut_before', 'cut_after', 'deadlock'] as const)
    return { kind: 'line', fault, nth: chance.between(1, 40) }
  }
  if (roll < 0.44) return { kind: 'replay', message: chance.below(1000) }
  const { point, fault, value } = chance.pick(asChoices(STRIKES))
  const gateway = chance.pick(asChoices(gateways))
  const times = chance.between(1, 4)
  return { kind: 'fault', gateway, point, fault, times, ...(value && { value: chance.between(...value) }) }
}

function asChoices<T>(all: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = all
  if (first === undefined) throw new Error('nothing to choose from')
  return [first, ...rest]
}
