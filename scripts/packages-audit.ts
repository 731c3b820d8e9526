import { spawnSync } from 'node:child_process'
import { z } from 'zod'

// `npm run packages:audit`: asks the registry for known holes in production packages. Exit 1 for one of high or critical
// severity that has no exception below; 2 when the registry gave no answer, which is no proof of anything.

/** Holes that do not reach us, each with the reason and the day on which somebody looks again. */
const EXCEPTIONS: Readonly<Record<string, { readonly reason: string; readonly until: string }>> = {}

const Answer = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), via: z.array(z.unknown()) })),
})
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' })
const parsed = Answer.safeParse(readJson(stdout))
if (!parsed.success) {
  console.error('The registry answers no audit, so nothing is known.')
  process.exit(2)
}
const today = new Date().toISOString().slice(0, 10)
const serious = Object.entries(parsed.data.vulnerabilities).filter(
  ([name, { severity }]) => ['high', 'critical'].includes(severity) && !((EXCEPTIONS[name]?.until ?? '') >= today),
)
for (const [name, { severity }] of serious) console.error(`${name}: ${severity}`)
console.log(
  `${Object.keys(parsed.data.vulnerabilities).length} packages with known holes, ${serious.length} serious ones without an exception.`,
)
process.exit(serious.length > 0 ? 1 : 0)

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
