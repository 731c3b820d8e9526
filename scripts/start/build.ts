import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type ShopProcess, startNode } from './processes.ts'
import { StartFailure } from './start-failure.ts'

/** Everything that the built pages are made of, besides the database. */
const INPUTS = [
  '{app,components,db,lib,public}/**/*',
  '{instrumentation,proxy,next.config,package-lock,package,tsconfig}.{ts,json}',
]
const NOT_INPUTS = /\.test\.tsx?$|^lib\/(?:jobs|mail)\//
const STAMP = '.next/built-from.json'

/**
 * What a build would be made from now.
 * @param database which database it is: pages are prerendered from its content.
 */
export function buildInputs(database: string, publicUrl: string): string {
  const hash = createHash('sha256').update(`${database} ${publicUrl} ${process.version}`)
  const files = globSync(INPUTS, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((file) => !NOT_INPUTS.test(file))
    .sort()
  for (const file of files) hash.update(`\n${file}\n`).update(readFileSync(file))
  return hash.digest('hex')
}

export function buildIsFresh(inputs: string): boolean {
  if (!existsSync('.next/BUILD_ID') || !existsSync(STAMP)) return false
  return readFileSync(STAMP, 'utf8') === inputs
}

/** Builds the pages. `onStart` is told the process, so that Ctrl-C can end it. @throws {StartFailure} when it fails. */
export async function build(
  inputs: string,
  environment: Record<string, string>,
  onStart: (process: ShopProcess) => void,
): Promise<void> {
  // A build that is cut off leaves files of two builds, which no stamp may call fresh.
  rmSync(STAMP, { force: true })
  const next = startNode('build', ['node_modules/next/dist/bin/next', 'build'], environment)
  onStart(next)
  const [code] = await once(next.child, 'exit')
  if (next.child.killed) throw new StartFailure('The build of the pages was stopped.')
  if (code !== 0) {
    next.showAll()
    throw new StartFailure('The pages could not be built; the reason stands above.')
  }
  writeFileSync(STAMP, inputs)
}
