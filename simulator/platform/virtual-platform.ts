import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'
import { type Chance, seededChance } from './chance.ts'
import type { DatabaseLine } from './database-line.ts'

const RealDate = Date
let nowMs = 0
let chance: Chance = seededChance(0)

/** The one clock of a run, in milliseconds since the epoch: what `new Date()` says in the shop and in the sandbox. */
export const clock = {
  now: () => nowMs,
  set: (instantMs: number) => {
    nowMs = instantMs
  },
}

/** From here on ids and random numbers of the whole process follow from this seed. */
export function reseed(seed: number): void {
  chance = seededChance(seed ^ 0x5eed)
}

/**
 * Puts a clock and a source of chance that we hold under everything that runs in this process: `Date`, waiting,
 * `Math.random` and the random part of `node:crypto`. The shop's code stays as it is in production, and needs no seam
 * that only a test uses. Call it before the shop is imported.
 */
export function installVirtualPlatform(line: DatabaseLine): void {
  line.install()
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [nowMs] : args, self),
    apply: () => new RealDate(nowMs).toString(),
    get: (target, name) => (name === 'now' ? clock.now : Reflect.get(target, name)),
  })
  Math.random = () => chance.next()

  const bytes = (size: number) => Buffer.from(Array.from({ length: size }, () => chance.below(256)))
  const uuid = () => {
    const digits = bytes(16).toString('hex')
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `4${digits.slice(13, 16)}`,
      `8${digits.slice(17, 20)}`,
      digits.slice(20),
    ].join('-') as ReturnType<typeof crypto.randomUUID>
  }
  Object.assign(crypto, { randomBytes: bytes, randomUUID: uuid })
  const realSetTimeout = globalThis.setTimeout
  const realClearTimeout = globalThis.clearTimeout
  Object.assign(globalThis, {
    setTimeout: (fire: (...rest: unknown[]) => void, ms = 0, ...rest: unknown[]) =>
      isLimit(ms) ? realSetTimeout(fire, ms, ...rest) : line.wait(ms, () => fire(...rest)),
    clearTimeout: (timer: Parameters<typeof realClearTimeout>[0]) =>
      isOurs(timer) ? line.stopWaiting(timer) : realClearTimeout(timer),
  })
  Object.assign(timers, {
    setTimeout: <T>(ms = 0, value?: T) => new Promise((done) => line.wait(ms, () => done(value))),
  })
  syncBuiltinESMExports()
}

/** The driver's own limits on connecting and idling come in whole seconds. */
const isLimit = (ms: number) => ms >= 1_000

const isOurs = (timer: unknown): timer is ReturnType<DatabaseLine['wait']> =>
  typeof timer === 'object' && timer !== null && 'fire' in timer
