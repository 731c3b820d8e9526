import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { GUARDS } from './guards/all-guards.ts'
import type { Guard } from './guards/guard.ts'
import { GUARD_OFF } from './guards/switch-off.ts'
import { openStages, type Stages } from './open-stages.ts'
import type { Told } from './play-order.ts'

// `npm run simulate:guards`: switches each protection off in turn, and ends with 1 when the lack of one goes unseen.

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    /** How long the simulator looks for a seed that goes wrong. */
    seeds: { type: 'string', default: '100' },
    orders: { type: 'string', default: '20' },
    /** Protections that are off side by side, each in a process of its own. */
    parallel: { type: 'string', default: String(availableParallelism()) },
  },
})
const [seeds, orders] = [Number(values.seeds), Number(values.orders)]
const chosen = GUARDS.filter(({ name }) => names.length === 0 || names.includes(name))
const left = [...chosen]
let unseen = 0
/** The shop with every protection, opened when it is first needed; it plays one seed after the other. */
let whole = null as Promise<Stages> | null
let withAll: Promise<Told | undefined> = Promise.resolve(undefined)
await Promise.all(Array.from({ length: Number(values.parallel) }, lookAtNext))
await (await whole)?.close()
console.log(`\n${chosen.length} protections, ${chosen.length - unseen} accounted for`)
process.exitCode = unseen === 0 ? 0 : 1

async function lookAtNext(): Promise<void> {
  for (let guard = left.shift(); guard; guard = left.shift()) {
    const startedAt = performance.now()
    const seen = await look(guard)
    if (seen === null) unseen += 1
    const took = `${((performance.now() - startedAt) / 1000).toFixed(0)} s`
    const mark = seen === null ? '✗' : '✓'
    console.log(`${mark} ${guard.name.padEnd(44)} ${took.padStart(6)}  ${seen ?? 'nobody noticed that it is missing'}`)
  }
}

/** @returns who noticed, or why nobody can; null when nobody did. */
async function look(guard: Guard): Promise<string | null> {
  const { found } = guard
  switch (found.by) {
    case 'nobody':
      return `equivalent: ${found.reason}`
    case 'test':
      return (await failsWithout(guard, found.project, found.file)) ? found.file : null
    case 'simulator':
      return simulateWithout(guard)
  }
}

async function simulateWithout(guard: Guard): Promise<string | null> {
  const stages = await openStages(1, { environment: { [GUARD_OFF]: guard.name }, sql: guard.sql })
  try {
    const [stage] = stages.all
    for (let seed = 1; stage && seed <= seeds; seed++) {
      const [broken] = (await stage.play({ seed, orders })).broken
      if (broken === undefined) continue
      const said = `seed ${seed}: ${broken.split('\n')[0]?.slice(0, 120)}`
      if (await goesWellWithAll(seed)) return said
      console.log(`? ${guard.name}: goes wrong with every protection on too, ${said}`)
    }
    return null
  } finally {
    await stages.close()
  }
}

/** What goes wrong with the protection too says nothing about it. */
async function goesWellWithAll(seed: number): Promise<boolean> {
  whole ??= openStages(1)
  const [stage] = (await whole).all
  withAll = withAll.then(() => stage?.play({ seed, orders }))
  return (await withAll)?.broken.length === 0
}

async function failsWithout({ name }: Guard, project: string, file: string): Promise<boolean> {
  const config = 'simulator/guards/vitest.config.ts'
  const runner = spawn('vitest', ['run', '--config', config, '--project', project, file], {
    stdio: 'ignore',
    env: { ...process.env, [GUARD_OFF]: name },
  })
  const [code] = await once(runner, 'exit')
  return code === 1
}
