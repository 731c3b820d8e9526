import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Manifest } from '#lib/backup/backup-format.ts'

const run = promisify(execFile)
const CHECK = fileURLToPath(new URL('check-restored.ts', import.meta.url))
const Answer = z.object({
  findings: z.array(z.string()),
  bought: z.object({ order: z.string(), sku: z.string(), paidFen: z.string() }).nullable(),
})

/** Asks every invariant of a restored database, and with `purchase` buys a piece in it. */
export async function askRestored(
  databaseUrl: string,
  { ledgerHead, purchase }: { ledgerHead: Manifest['ledgerHead']; purchase: boolean },
): Promise<z.output<typeof Answer>> {
  const sealed = ledgerHead ? ['--sealed', `${ledgerHead.position}:${ledgerHead.hash}`] : []
  const { stdout } = await run(
    process.execPath,
    ['--conditions=react-server', CHECK, ...sealed, ...(purchase ? ['--purchase'] : [])],
    { env: { ...process.env, DATABASE_URL: databaseUrl }, maxBuffer: 64 * 1024 * 1024 },
  )
  return Answer.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}
