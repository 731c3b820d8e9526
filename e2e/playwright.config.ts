import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from '../scripts/browser/find-browser.ts'

const project = resolve(import.meta.dirname, '..')
const given = process.env['E2E_BASE_URL']
const port = 3900
const data = resolve(project, '.data/e2e')

// Workers read this file too; only the first reader finds no worker index and may clear the last run's data.
if (!given && process.env['TEST_WORKER_INDEX'] === undefined) rmSync(data, { recursive: true, force: true })
const { executablePath, args } = await findBrowser()

/**
 * Journeys through a whole shop, brought up for them by the README's own command with data of its own.
 * `E2E_BASE_URL` names a shop that runs already instead.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: given ?? `http://localhost:${port}`,
    launchOptions: { executablePath, args: [...args] },
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'desktop', use: devices['Desktop Chrome'], testIgnore: '**/*.phone.spec.ts' },
    { name: 'phone', use: devices['Pixel 7'], testMatch: '**/*.phone.spec.ts' },
  ],
  ...(given
    ? {}
    : {
        webServer: {
          command: 'npm start',
          cwd: project,
          url: `http://localhost:${port}/api/health`,
          env: {
            PORT: String(port),
            DATABASE_PORT: String(port + 1),
            SANDBOX_PORT: String(port + 2),
            MAIL_PORT: String(port + 3),
            SMTP_PORT: String(port + 4),
            DATA_DIR: data,
            DATABASE_URL: '',
            // Journeys make the orders that they count.
            DEMO_ORDERS: 'off',
            // All buyers of the journeys live at one address.
            ORDER_HOLDS: 'off',
          },
          timeout: 600_000,
          stdout: 'pipe' as const,
          gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 30_000 },
        },
      }),
})
