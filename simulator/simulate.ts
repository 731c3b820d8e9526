import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { openStages } from './open-stages.ts'
import { report, reportDifference } from './report.ts'
import { shrink } from './story/shrink.ts'

// `npm run simulate`: plays seeds on every core, and ends with 1 at the first that goes wrong.

const { values } = parseArgs({
  options: {
    /** The first seed; a fresh one when it is not said. */
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    orders: { type: 'string', default: '20' },
    /** Seconds after which no further seed is begun. */
    within: { type: 'string', default: '86400' },
    /** Processes side by side: each waits half of its time for the database. */
    parallel: { type: 'string', default: String(2 * availableParallelism()) },
    /** Prints the story also of a seed that went well. */
    story: { type: 'boolean', default: false },
    /** Plays good days, on which nothing goes wrong and the watch must see nothing. */
    clean: { type: 'boolean', default: false },
    /** Plays every seed twice, and demands that both runs are the same. */
    twice: { type: 'boolean', default: false },
  },
})
const first = values.seed === undefined ? randomInt(1, 2 ** 31 - 1_000_000) : wholeNumber('seed', values.seed)
const seeds = wholeNumber('seeds', values.seeds)
const orders = wholeNumber('orders', values.orders)
const parallel = Math.min(wholeNumber('parallel', values.parallel), seeds)

console.log(`seeds ${first} to ${first + seeds - 1}, ${orders} orders each, ${parallel} processes`)
const startedAt = performance.now()
const stages = await openStages(parallel)
const readyAt = performance.now()
const deadline = readyAt + 1000 * wholeNumber('within', values.within)
try {
  let played = 0
  let failed = false
  const playNext = async (stage: (typeof stages.all)[number]): Promise<void> => {
    while (!failed && played < seeds && performance.now() < deadline) {
      const seed = first + played
      played += 1
      const ordered = { seed, orders, clean: values.clean }
      const told = await stage.play(ordered)
      const again = values.twice ? await stage.play(ordered) : told
      const differs = told.hash !== again.hash
      if (values.story) console.log(told.lines.join('\n'))
      if (told.broken.length === 0 && !differs) {
        console.log(`seed ${seed}: well`)
        continue
      }
      failed = true
      if (differs) reportDifference(seed, told, again)
      if (told.broken.length > 0) console.error(`seed ${seed}: ${told.broken[0]}\nlooking for its smallest story …`)
      if (told.broken.length > 0) report(ordered, told, await shrink(ordered, told, stage.play))
    }
  }
  await Promise.all(stages.all.map(playNext))
  const seconds = (performance.now() - readyAt) / 1000
  const took = `${seconds.toFixed(1)} s, ${((played * orders) / seconds).toFixed(1)} orders/s, ready after ${((readyAt - startedAt) / 1000).toFixed(1)} s`
  console.log(failed ? `failed, ${took}` : `${played} of ${seeds} seeds, all well, ${took}`)
  process.exitCode = failed ? 1 : 0
} finally {
  await stages.close()
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  console.error(`--${name} must be a whole number above 0`)
  process.exit(2)
}
