import { defineConfig } from 'vitest/config'

const serverOnly = { resolve: { conditions: ['react-server', 'node', 'import', 'default'] } }

/** `unit`: pure rules and wire formats, no I/O beyond reading vectors. `db`: real PostgreSQL, a database for each file. */
export default defineConfig({
  ssr: serverOnly,
  test: {
    projects: [
      {
        ssr: serverOnly,
        test: { name: 'unit', include: ['{lib,sandbox,components,scripts}/**/*.test.ts'], environment: 'node' },
      },
      {
        ssr: serverOnly,
        test: {
          name: 'db',
          include: ['db/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['./db/testing/postgres-server.ts'],
          setupFiles: ['./db/testing/own-database.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
