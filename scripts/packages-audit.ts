import { resolve } from 'node:path'
import { askForHoles } from './supply/known-holes.ts'

// `npm run packages:audit`: asks the registry for known holes. Exit 1 for one of high or critical severity in a
// production package that has no exception (`supply/known-holes.ts`); 2 when the registry gave no answer.

const holes = askForHoles(resolve(import.meta.dirname, '..'))
if (holes.kind === 'no_answer') {
  console.error(`Nothing is known of the packages: ${holes.why}.`)
  process.exit(2)
}
for (const hole of holes.serious) console.error(hole)
console.log(
  `${holes.known} packages with known holes, ${holes.serious.length} serious ones in production without an exception.`,
)
process.exit(holes.serious.length > 0 ? 1 : 0)
