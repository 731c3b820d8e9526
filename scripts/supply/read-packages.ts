import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
      libc: z.array(z.string()).optional(),
    }),
  ),
})
const PackageFile = z.object({ allowScripts: z.record(z.string(), z.boolean()) })

export type LockedPackage = {
  readonly name: string
  readonly version: string
  readonly production: boolean
  readonly hasScript: boolean
}

/** All packages of the lockfile that a Linux server (x64, glibc) would get; platform variants for others are left out. */
export function readPackages(lockfile: string): LockedPackage[] {
  const { packages } = Lockfile.parse(JSON.parse(readFileSync(lockfile, 'utf8')))
  return Object.entries(packages)
    .filter(([path, { os, cpu, libc }]) => path !== '' && fits(os, 'linux') && fits(cpu, 'x64') && fits(libc, 'glibc'))
    .map(([path, { version = '', dev, devOptional, hasInstallScript }]) => ({
      name: path.split('node_modules/').at(-1) ?? path,
      version,
      production: !dev && !devOptional,
      hasScript: hasInstallScript ?? false,
    }))
}

const fits = (allowed: readonly string[] | undefined, ours: string) => allowed === undefined || allowed.includes(ours)

/** The packages whose install scripts may run. */
export const readAllowedScripts = (packageFile: string): string[] =>
  Object.entries(PackageFile.parse(JSON.parse(readFileSync(packageFile, 'utf8'))).allowScripts)
    .filter(([, allowed]) => allowed)
    .map(([name]) => name)
