import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '../migrate.ts'
import { findTestServer } from './find-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's URL, naming the database that each test file's own is copied from. */
    templateUrl: string
  }
}

/**
 * Migrates one template database, once a run; every test file gets a copy of it.
 */
export default async function setup(project: TestProject) {
  const server = await findTestServer()
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
