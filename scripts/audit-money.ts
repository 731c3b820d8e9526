import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding } from '#db/audit/audit-rule.ts'
import { embeddedUrl } from './postgres/embedded-postgres.ts'
import { readSettings } from './start/settings.ts'
import { reasonOf } from './start/start-failure.ts'

// Rebuilds the books from ledger and events, asks every rule, and exits with 1 when something differs, 2 when it could not ask. Reads only, in
// one snapshot, so that it can run beside the shop. `--sealed position:hash`, as an earlier audit or the worker's log
// told it, makes sure that the chain of seals still holds what it held then.

const WITNESS = /^(\d+):([0-9a-f]{64})$/

if (existsSync('.env')) process.loadEnvFile('.env')
const { values } = parseArgs({ options: { sealed: { type: 'string' } } })
const [, position, hash] = WITNESS.exec(values.sealed ?? '') ?? []
if (values.sealed !== undefined && hash === undefined) refuse('--sealed must be position:hash, as an audit told it.')
const witness = position && hash ? { position, hash } : null

const { databaseUrl, databasePort, dataFolder } = readSettings(process.env, [])
// The client reads its setting when it is loaded.
process.env['DATABASE_URL'] = databaseUrl ?? embeddedUrl(join(dataFolder, 'postgres'), databasePort)
const { auditMoney } = await import('#db/audit/audit-money.ts')
const { findLastSeal } = await import('#db/ledger/find-last-seal.ts')
const { sql } = await import('#db/client.ts')

const startedAt = performance.now()
const [findings, last] = await Promise.all([auditMoney({ witness }), findLastSeal()]).catch((error: unknown) => {
  return refuse(`The books could not be read (${reasonOf(error)}): is the database up?`)
})
await sql.end({ timeout: 5 })
print(findings)
console.log(last ? `The ledger is sealed up to ${last.position}:${last.hash}` : 'The ledger has no seal yet.')
console.log(
  `${findings.length === 0 ? 'The books are sound' : `Findings: ${findings.length}`} (${seconds(startedAt)}).`,
)
if (findings.length > 0) process.exitCode = 1

function refuse(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}

function print(all: readonly Finding[]): void {
  for (const [rule, found = []] of Object.entries(Object.groupBy(all, (finding) => finding.rule))) {
    console.log(`${found[0]?.invariant} ${rule}: ${found[0]?.sentence}`)
    for (const { what } of found) console.log(`  ${what}`)
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
