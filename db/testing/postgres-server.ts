import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../scripts/postgres/embedded-postgres.ts'
import { findFreePort } from '../../scripts/start/ports.ts'
import { migrateDatabase } from '../migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's URL, naming the database that each test file's own is copied from. */
    templateUrl: string
  }
}

/**
 * Migrates one template database, once a run; every test file gets a copy of it. The server is that of
 * `TEST_DATABASE_URL` or `DATABASE_URL` (it must allow to create databases), else an embedded one for this run alone.
 */
export default async function setup(project: TestProject) {
  const server = await findServer()
  const name = `test_template_${randomBytes(6).toString('hex')}`
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
  await admin`create database ${admin(name)}`
  const template = new URL(server.url)
  template.pathname = `/${name}`
  await migrateDatabase(template.href)
  project.provide('templateUrl', template.href)

  return async () => {
    await admin`drop database if exists ${admin(name)} with (force)`
    await admin.end()
    await server.stop()
  }
}

async function findServer(): Promise<{ url: string; stop: () => Promise<void> }> {
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
