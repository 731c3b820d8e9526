import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '../migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's URL, naming the database that each test file's own is copied from. */
    templateUrl: string
  }
}

/** Migrates one template database on the server of `DATABASE_URL`, once a run; every test file gets a copy of it. */
export default async function setup(project: TestProject) {
  const server = process.env['DATABASE_URL']
  if (!server) throw new Error('Database tests need DATABASE_URL: a PostgreSQL where databases may be created.')

  const name = `test_template_${randomBytes(6).toString('hex')}`
  const admin = postgres(server, { max: 1, onnotice: () => undefined })
  await admin`create database ${admin(name)}`
  const template = new URL(server)
  template.pathname = `/${name}`
  await migrateDatabase(template.href)
  project.provide('templateUrl', template.href)

  return async () => {
    await admin`drop database if exists ${admin(name)} with (force)`
    await admin.end()
  }
}
