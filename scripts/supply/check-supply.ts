import { type LockedPackage, readAllowedScripts, readPackages } from './read-packages.ts'

/** What a shop should need in production, and what it must not go beyond until it does. */
export const PRODUCTION_GOAL = 150
const PRODUCTION_AT_MOST = 185

/** Older versions have holes that a shop with money cannot have; `docs/security.md` names them. */
const FLOORS: Readonly<Record<string, string>> = {
  next: '16.4.6',
  react: '19.3.1',
  'react-dom': '19.3.1',
  'next-auth': '4.24.15',
}

/** Packages whose script is only for who builds them: the installed files are complete without. */
const NEEDS_NO_SCRIPT: readonly string[] = []

export type SupplyReport = { readonly production: number; readonly problems: readonly string[] }

/** Holds the lockfile against the floors, the list of install scripts, and the number of production packages. */
export function checkSupply(folder: string): SupplyReport {
  const packages = readPackages(`${folder}/package-lock.json`)
  const production = new Set(packages.filter((each) => each.production).map(({ name }) => name)).size
  return {
    production,
    problems: [
      ...belowFloor(packages),
      ...unlistedScripts(packages, readAllowedScripts(`${folder}/package.json`)),
      ...(production > PRODUCTION_AT_MOST ? [`${production} production packages, at most ${PRODUCTION_AT_MOST}`] : []),
    ],
  }
}

export const belowFloor = (packages: readonly LockedPackage[]): string[] =>
  packages
    .filter(({ name, version }) => FLOORS[name] !== undefined && isOlder(version, FLOORS[name]))
    .map(({ name, version }) => `${name} ${version} is older than ${FLOORS[name]}`)

export const unlistedScripts = (packages: readonly LockedPackage[], allowed: readonly string[]): string[] =>
  packages
    .filter(({ name, hasScript }) => hasScript && !allowed.includes(name) && !NEEDS_NO_SCRIPT.includes(name))
    .map(({ name }) => `${name} brings an install script that allowScripts does not list`)

function isOlder(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split(/[.-]/).map(Number))
  for (const [at, part] of (b ?? []).entries()) if (a?.[at] !== part) return (a?.[at] ?? 0) < part
  return false
}
