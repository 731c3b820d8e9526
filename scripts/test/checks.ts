import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { cruiseImports } from '../layers/cruise.ts'
import { checkSupply, PRODUCTION_AT_MOST } from '../supply/check-supply.ts'
import { askForHoles } from '../supply/known-holes.ts'
import { runCommand } from './run-command.ts'
import { playwrightTally, vitestTally } from './runner-reports.ts'
import { oneCheck, runnerTally, type Tally } from './tally.ts'

const project = resolve(import.meta.dirname, '../..')
const rooms = ['app', 'components', 'db', 'lib', 'scripts', 'sandbox', 'simulator', 'bench', 'e2e', 'server-tests']

/** Fewer modules than this means that the rules looked at next to nothing. */
const MODULES_AT_LEAST = 100

async function checkLayers(): Promise<Tally> {
  const { modules, breaches } = await cruiseImports(project, rooms)
  for (const breach of breaches) console.error(breach)
  console.log(`${modules} modules seen, ${breaches.length} breaches`)
  return oneCheck(breaches.length === 0 && modules >= MODULES_AT_LEAST)
}

async function checkPackages(): Promise<Tally> {
  const { production, problems } = checkSupply(project)
  for (const problem of problems) console.error(problem)
  console.log(`${production} production packages (at most ${PRODUCTION_AT_MOST}), ${problems.length} problems`)
  return oneCheck(problems.length === 0)
}

/** A registry that answers no audit proves nothing, good or bad: it is said, and counts neither as passed nor as failed. */
async function checkHoles(): Promise<Tally> {
  const holes = askForHoles(project)
  if (holes.kind === 'no_answer') {
    console.log(`NOT CHECKED: ${holes.why}. Run \`npm run packages:audit\` where one does.`)
    return { passed: 0, failed: 0 }
  }
  for (const hole of holes.serious) console.error(hole)
  console.log(`${holes.known} packages with known holes, ${holes.serious.length} serious ones in production`)
  return oneCheck(holes.serious.length === 0)
}

/** Runs a test runner that writes a JSON report, and counts by that report. */
async function withReport(
  run: (file: string) => Promise<number>,
  count: (file: string) => Tally | null,
): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-report-'))
  const file = join(folder, 'report.json')
  try {
    const exitCode = await run(file)
    return runnerTally(count(file), exitCode)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const command = async (program: string, ...args: string[]) => oneCheck((await runCommand(program, args)) === 0)

const vitest = (name: string) =>
  withReport(
    (file) =>
      runCommand('vitest', [
        'run',
        '--project',
        name,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ]),
    vitestTally,
  )

/**
 * As many seeds from 1000 on as the time allows, the same each time: what is red here is about the change at hand. Fresh
 * seeds, which look for what nobody has thought of, are `npm run simulate -- --seeds 300`.
 */
const simulate = () =>
  command(
    'node',
    '--conditions=react-server',
    'simulator/simulate.ts',
    '--seed',
    '1000',
    '--seeds',
    '300',
    '--within',
    '85',
  )

/** A good day, on which the watch must see nothing. */
const simulateGoodDay = () =>
  command(
    'node',
    '--conditions=react-server',
    'simulator/simulate.ts',
    '--clean',
    '--seed',
    '1799199165',
    '--orders',
    '30',
  )

export type Check = {
  readonly name: string
  readonly group: 'static' | 'unit' | 'db' | 'browser' | 'server'
  readonly run: () => Promise<Tally>
}

/** What `npm test` runs, in this order: what fails fast comes first. */
export const CHECKS: readonly Check[] = [
  { name: 'format and lint', group: 'static', run: () => command('biome', 'ci', '.') },
  {
    name: 'types',
    group: 'static',
    // Next writes the types of routes and root parameters that the compiler then needs.
    run: async () =>
      oneCheck((await runCommand('next', ['typegen'])) === 0 && (await runCommand('tsc', ['--noEmit'])) === 0),
  },
  { name: 'layers', group: 'static', run: checkLayers },
  { name: 'packages', group: 'static', run: checkPackages },
  { name: 'known holes', group: 'static', run: checkHoles },
  { name: 'unused code', group: 'static', run: () => command('knip') },
  { name: 'unit', group: 'unit', run: () => vitest('unit') },
  { name: 'database', group: 'db', run: () => vitest('db') },
  { name: 'simulator', group: 'db', run: simulate },
  { name: 'a good day', group: 'db', run: simulateGoodDay },
  {
    name: 'browser',
    group: 'browser',
    run: () =>
      withReport(
        (file) =>
          runCommand('playwright', ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'], {
            PLAYWRIGHT_JSON_OUTPUT_NAME: file,
          }),
        playwrightTally,
      ),
  },
  // The journeys have left a build, which these start as several processes at once.
  { name: 'server', group: 'server', run: () => vitest('server') },
]
