import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../scripts/postgres/embedded-postgres.ts'
import { findFreePort } from '../../scripts/start/ports.ts'

export type TestServer = { readonly url: string; readonly stop: () => Promise<void> }

/**
 * The server of `TEST_DATABASE_URL` or `DATABASE_URL` (it must allow to create databases), else an embedded one for
 * this run alone.
 */
export async function findTestServer(): Promise<TestServer> {
  const given = process.env['TEST_DATABASE_URL'] || process.env['DATABASE_URL']
  if (given) return { url: given, stop: async () => undefined }

  const folder = mkdtempSync(join(tmpdir(), 'comptoir-test-'))
  const server = await startEmbeddedPostgres(folder, await findFreePort(), { throwaway: true })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}
