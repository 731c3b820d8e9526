import { spawnSync } from 'node:child_process'
import { z } from 'zod'
import { isProduction } from './check-supply.ts'
import { readPackages } from './read-packages.ts'

export type Exception = { readonly reason: string; readonly until: string }

/** Holes that do not reach us, by package, each with the reason and the day (YYYY-MM-DD) on which somebody looks again. */
const EXCEPTIONS: Readonly<Record<string, Exception>> = {}

const Answer = z.object({ vulnerabilities: z.record(z.string(), z.object({ severity: z.string() })) })

export type KnownHoles =
  /** The registry, or one in between, answers no audit: nothing is known, which is no proof of anything. */
  | { readonly kind: 'no_answer'; readonly why: string }
  | { readonly kind: 'answered'; readonly known: number; readonly serious: readonly string[] }

/** Asks the registry of npm for known holes in the packages of a lockfile. @param registry another one, with `/` at its end. */
export function askForHoles(folder: string, registry?: string): KnownHoles {
  const where = registry === undefined ? [] : [`--registry=${registry}`]
  const { stdout } = spawnSync('npm', ['audit', '--json', ...where], { cwd: folder, encoding: 'utf8', timeout: 60_000 })
  const production = readPackages(`${folder}/package-lock.json`).filter(isProduction)
  return judgeAudit(
    stdout ?? '',
    production.map(({ name }) => name),
    EXCEPTIONS,
    new Date(),
  )
}

/** Holes of high or critical severity in production packages that have no exception today. */
export function judgeAudit(
  text: string,
  production: readonly string[],
  exceptions: Readonly<Record<string, Exception>>,
  now: Date,
): KnownHoles {
  const parsed = Answer.safeParse(readJson(text))
  if (!parsed.success) return { kind: 'no_answer', why: 'the registry answers no audit' }
  const today = now.toISOString().slice(0, 10)
  const holes = Object.entries(parsed.data.vulnerabilities)
  const serious = holes
    .filter(([name, { severity }]) => ['high', 'critical'].includes(severity) && production.includes(name))
    .filter(([name]) => (exceptions[name]?.until ?? '') < today)
    .map(([name, { severity }]) => `${name}: ${severity}`)
  return { kind: 'answered', known: holes.length, serious }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
