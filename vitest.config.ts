import { defineConfig } from 'vitest/config'

const serverOnly = { resolve: { conditions: ['react-server', 'node', 'import', 'default'] } }

/**
 * `unit`: pure rules and wire formats, no I/O beyond reading vectors. `db`: real PostgreSQL, a database for each file.
 * `server`: the same, with real processes of the last build and of the worker; `next build` must have run.
 */
export default defineConfig({
  ssr: serverOnly,
  test: {
    // By itself a runner leaves one processor free, which on two of them is half.
    maxWorkers: '100%',
    projects: [
      {
        ssr: serverOnly,
        test: {
          name: 'unit',
          include: ['{lib,sandbox,simulator,components,scripts}/**/*.test.ts'],
          exclude: ['**/*.db.test.ts'],
          environment: 'node',
          // What is pure keeps nothing from one file to the next, and loading everything anew for each was a third of the time.
          isolate: false,
          // Some make key pairs or start a process, and a busy machine takes its time over that.
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        ssr: serverOnly,
        test: {
          name: 'db',
          include: ['db/**/*.test.ts', '{app,lib}/**/*.db.test.ts'],
          environment: 'node',
          globalSetup: ['./db/testing/postgres-server.ts'],
          setupFiles: ['./db/testing/own-database.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        ssr: serverOnly,
        test: {
          name: 'server',
          include: ['server-tests/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['./db/testing/postgres-server.ts'],
          setupFiles: ['./db/testing/own-database.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
