import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startEmbeddedPostgres } from '../scripts/postgres/embedded-postgres.ts'
import { findFreePort } from '../scripts/start/ports.ts'

export type BenchShop = {
  readonly url: string
  readonly databaseUrl: string
  readonly stop: () => Promise<void>
}

const project = resolve(import.meta.dirname, '..')
const START_MS_AT_MOST = 30_000

/**
 * A shop of its own for one bench: PostgreSQL 18 with its durability on, the seeded catalogue with `onHand` units of
 * each piece, and one web process of the last build that takes all three providers. No worker: its jobs wait. Sets `DATABASE_URL` of this process, so
 * import what uses the database after it.
 */
export async function startBenchShop({ onHand }: { onHand: number }): Promise<BenchShop> {
  if (!existsSync(join(project, '.next/BUILD_ID'))) throw new Error('The bench needs a build: npm run build')
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-bench-'))
  const server = await startEmbeddedPostgres(folder, await findFreePort())
  process.env['DATABASE_URL'] = server.url
  const { migrateDatabase } = await import('#db/migrate.ts')
  const { seedCatalog } = await import('#db/catalog/seed/seed-catalog.ts')
  const { db, sql } = await import('#db/client.ts')
  await migrateDatabase(server.url)
  await seedCatalog(db, new Date())
  await sql`
    with wanted as (select variant_id, ${onHand} - on_hand as missing from stock where on_hand <> ${onHand}),
      moved as (
        insert into stock_movements (variant_id, quantity, reason, actor)
        select variant_id, missing, 'correction', 'bench' from wanted returning variant_id)
    update stock set on_hand = ${onHand} from moved where moved.variant_id = stock.variant_id`

  const { NOTICE_MAKERS } = await import('./payment-notices.ts')
  const payments = Object.assign({}, ...Object.values(NOTICE_MAKERS).map(({ settings }) => settings))
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const web = spawn(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', `${port}`],
    {
      cwd: project,
      stdio: 'ignore',
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PAYMENTS_MODE: 'sandbox',
        ...payments,
      },
    },
  )
  const stop = async () => {
    web.kill('SIGTERM')
    if (web.exitCode === null) await once(web, 'exit')
    await sql.end({ timeout: 5 })
    await server.stop()
    rmSync(folder, { recursive: true })
  }
  await untilHealthy(`${url}/api/health`, web).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { url, databaseUrl: server.url, stop }
}

async function untilHealthy(url: string, web: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_MS_AT_MOST
  while (performance.now() < deadline && web.exitCode === null) {
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (up) return
    await wait(100)
  }
  throw new Error('The shop did not start: does `npx next start` run here?')
}
