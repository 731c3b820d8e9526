import { AFTER_SALE_KINDS } from '../../lib/domain/after-sale-request.ts'
import type { Chance } from '../platform/chance.ts'
import type { Act, Moment } from './act.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** What happens to the goods of an order after its payment, and what its shopper asks for then. */
export function goodsLife(chance: Chance, shopper: number, afterMs: number): Moment[] {
  const moments: Moment[] = []
  let atMs = afterMs
  const happens = (most: number, ...acts: Act[]) => {
    atMs += chance.between(MINUTE, most)
    moments.push({ atMs, acts })
  }
  const people = () => chance.pick([1, 1, 1, 2])
  const ship = (part: 'first_unit' | 'rest'): Act => ({
    kind: 'ship',
    shopper,
    part,
    people: people(),
    clicks: people(),
  })

  if (chance.happens(0.3)) moments.push(...asked(chance, shopper, atMs))
  happens(6 * HOUR, ship(chance.pick(['first_unit', 'rest'])))
  if (chance.happens(0.2)) happens(12 * MINUTE, { kind: 'undo', shopper })
  if (chance.happens(0.7)) happens(6 * HOUR, ship('rest'))
  if (chance.happens(0.6)) happens(20 * HOUR, { kind: 'arrive', shopper })
  if (chance.happens(0.4)) happens(20 * HOUR, { kind: 'confirm', shopper })
  if (chance.happens(0.5)) moments.push(...asked(chance, shopper, atMs))
  return moments
}

/** A request, now and then in the very moment of a parcel, with all that may become of it. */
function asked(chance: Chance, shopper: number, afterMs: number): Moment[] {
  let atMs = afterMs + chance.between(MINUTE, 8 * HOUR)
  const moments: Moment[] = []
  const happens = (...acts: Act[]) => {
    moments.push({ atMs, acts })
    atMs += chance.between(MINUTE, 10 * HOUR)
  }
  const people = () => chance.pick([1, 1, 2])
  const ask: Act = { kind: 'ask', shopper, wish: chance.pick(AFTER_SALE_KINDS), clicks: chance.pick([1, 1, 3]) }
  if (chance.happens(0.15)) happens(ask, { kind: 'ship', shopper, part: 'rest', people: 1, clicks: 1 })
  else happens(ask)
  const verdict = chance.pick(['approved', 'approved', 'approved', 'declined'] as const)
  const answer: Act = { kind: 'answer', shopper, verdict, people: people() }
  if (chance.happens(0.15)) happens(answer, { kind: 'withdraw', shopper })
  else if (chance.happens(0.9)) happens(answer)
  if (chance.happens(0.7)) happens({ kind: 'take_in', shopper, restock: chance.happens(0.5) })
  const payOut: Act = { kind: 'pay_out', shopper, people: people() }
  if (chance.happens(0.15)) happens(payOut, { kind: 'withdraw', shopper })
  else if (chance.happens(0.85)) happens(payOut)
  return moments
}
