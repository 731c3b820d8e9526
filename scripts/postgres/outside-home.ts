import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where a system user may enter that cannot enter the project's folder, which is often below a closed /root. */
const HOME = '/var/lib/comptoir'

/** Where the data is: at its own place, or outside, with a link at its place. */
export function realPlace(data: string): string {
  if (existsSync(data)) return realpathSync(data)
  // A link whose target was deleted.
  rmSync(data, { force: true })
  return data
}

/** Copies PostgreSQL's programs there, once for each version. @returns the copy. */
export function copyPrograms(programs: string): string {
  const { version } = JSON.parse(readFileSync(join(programs, '../package.json'), 'utf8')) as { version: string }
  const copy = join(HOME, `postgres-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  mkdirSync(HOME, { recursive: true, mode: 0o755 })
  cpSync(programs, unfinished, { recursive: true, verbatimSymlinks: true })
  renameSync(unfinished, copy)
  return copy
}

/**
 * Gives the data a place there and leaves a link; a database that was made here moves, its server being down.
 * @returns the place.
 */
export function moveOutside(data: string): string {
  const place = realPlace(data)
  if (place.startsWith(HOME)) return place
  const outside = join(HOME, randomBytes(6).toString('hex'), 'data')
  mkdirSync(dirname(outside), { recursive: true, mode: 0o755 })
  mkdirSync(outside, { mode: 0o700 })
  if (existsSync(data)) cpSync(data, outside, { recursive: true, preserveTimestamps: true })
  const link = `${data}.link`
  rmSync(link, { force: true })
  symlinkSync(outside, link)
  rmSync(data, { recursive: true, force: true })
  renameSync(link, data)
  return outside
}
