import { readFileSync } from 'node:fs'
import { type LockedPackage, readAllowedScripts, readDirectPackages, readPackages } from './read-packages.ts'

/** How many packages a shop may need in production: each is somebody who can break it. */
export const PRODUCTION_AT_MOST = 150

/** Installed for the build only, while parts of them are built into the shop: they count, their compilers do not. */
const BUILT_IN: readonly string[] = ['next-intl']

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

/** Holds the lockfile against the floors, the list of install scripts, the reasons, and the number of production packages. */
export function checkSupply(folder: string): SupplyReport {
  const packages = readPackages(`${folder}/package-lock.json`)
  const production = countProduction(packages)
  return {
    production,
    problems: [
      ...belowFloor(packages),
      ...unlistedScripts(packages, readAllowedScripts(`${folder}/package.json`)),
      ...unexplained(readDirectPackages(`${folder}/package.json`), readFileSync(`${folder}/docs/decisions.md`, 'utf8')),
      ...(production > PRODUCTION_AT_MOST ? [`${production} production packages, at most ${PRODUCTION_AT_MOST}`] : []),
    ],
  }
}

/** Whether some of it runs in a shop that is open. */
export const isProduction = ({ name, production }: LockedPackage): boolean => production || BUILT_IN.includes(name)

/** Two versions of a package count once. */
export const countProduction = (packages: readonly LockedPackage[]): number =>
  new Set(packages.filter(isProduction).map(({ name }) => name)).size

export const unexplained = (direct: readonly string[], decisions: string): string[] =>
  direct
    .filter((name) => !decisions.includes(`\`${name}\``))
    .map((name) => `docs/decisions.md has no reason for ${name}`)

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
