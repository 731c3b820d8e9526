import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { z } from 'zod'

const Report = z.object({
  summary: z.object({
    totalCruised: z.int(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

const project = resolve(import.meta.dirname, '../..')

/**
 * Looks at every import below `folders` of `root` by the rules of `.dependency-cruiser.cjs`.
 * @returns how many modules were seen, and each breach as `rule: from → to`.
 */
export async function cruiseImports(root: string, folders: readonly string[]) {
  const args = ['--config', resolve(project, '.dependency-cruiser.cjs'), '--output-type', 'json', ...folders]
  const json = await new Promise<string>((done, fail) =>
    execFile(
      process.execPath,
      [resolve(project, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'), ...args],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
      // A breach makes it exit ≠ 0 with the report on stdout all the same.
      (error, stdout, stderr) => (stdout.startsWith('{') ? done(stdout) : fail(error ?? new Error(stderr))),
    ),
  )
  const { summary } = Report.parse(JSON.parse(json))
  return {
    modules: summary.totalCruised,
    breaches: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  }
}
