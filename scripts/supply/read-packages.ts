import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Names = z.record(z.string(), z.string()).default({})
const Locked = z.object({
  version: z.string().default(''),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).default({}),
  hasInstallScript: z.boolean().default(false),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
})
type Locked = z.infer<typeof Locked>
const Lockfile = z.object({ packages: z.record(z.string(), Locked) })
const PackageFile = z.object({ allowScripts: z.record(z.string(), z.boolean()), dependencies: Names })

export type LockedPackage = {
  readonly name: string
  readonly version: string
  readonly production: boolean
  readonly hasScript: boolean
}

/**
 * All packages of the lockfile that a Linux server (x64, glibc) would get; platform variants for others are left out.
 * Production are those that something in `dependencies` reaches, by dependencies, peers that must be there, and
 * optional ones that fit the server: what `npm ci --omit=dev` installs there.
 */
export function readPackages(lockfile: string): LockedPackage[] {
  const { packages } = Lockfile.parse(JSON.parse(readFileSync(lockfile, 'utf8')))
  const production = reachedFrom('', packages)
  return Object.entries(packages)
    .filter(([path, each]) => path !== '' && fitsServer(each))
    .map(([path, { version, hasInstallScript }]) => ({
      name: nameOf(path),
      version,
      production: production.has(path),
      hasScript: hasInstallScript,
    }))
}

function reachedFrom(root: string, packages: Readonly<Record<string, Locked>>): Set<string> {
  const reached = new Set<string>()
  const open = [root]
  for (let path = open.pop(); path !== undefined; path = open.pop())
    for (const name of neededBy(packages[path])) {
      const found = nearest(path, name, packages)
      if (found === null || reached.has(found)) continue
      reached.add(found)
      open.push(found)
    }
  return reached
}

function neededBy(locked: Locked | undefined): string[] {
  if (!locked) return []
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = locked
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers]
}

/** Where Node would find it: beside the package that asks, or beside one of those around it. */
function nearest(from: string, name: string, packages: Readonly<Record<string, Locked>>): string | null {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  const found = packages[path]
  if (found) return fitsServer(found) ? path : null
  if (from === '') return null
  return nearest(from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)), name, packages)
}

const nameOf = (path: string) => path.split('node_modules/').at(-1) ?? path

const fitsServer = ({ os, cpu, libc }: Locked) => fits(os, 'linux') && fits(cpu, 'x64') && fits(libc, 'glibc')

const fits = (allowed: readonly string[] | undefined, ours: string) =>
  allowed === undefined || allowed.includes(ours) || (allowed[0]?.startsWith('!') && !allowed.includes(`!${ours}`))

const readPackageFile = (file: string) => PackageFile.parse(JSON.parse(readFileSync(file, 'utf8')))

/** The packages whose install scripts may run. */
export const readAllowedScripts = (packageFile: string): string[] =>
  Object.entries(readPackageFile(packageFile).allowScripts)
    .filter(([, allowed]) => allowed)
    .map(([name]) => name)

/** The packages that the shop itself asks for in production. */
export const readDirectPackages = (packageFile: string): string[] =>
  Object.keys(readPackageFile(packageFile).dependencies)
