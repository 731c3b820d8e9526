// Everything that can be checked, in one command. `node scripts/test.mjs static` runs what needs no server.
import { runChecks } from './test/run-checks.ts'

process.exitCode = await runChecks(process.argv.slice(2))
