import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DATABASE } from '../postgres/embedded-postgres.ts'
import { settingsFromDoubles } from './services.ts'
import { readSettings } from './settings.ts'

/**
 * Gives a command the settings of the shop that runs beside it: those of the environment and of `.env`, and where they
 * leave it to the launcher, its embedded database and its sandbox. Call it before anything that reads settings is loaded.
 */
export function takeSettingsOfShop(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
  for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name]
  const settings = readSettings(process.env, [])
  const fromShop: Record<string, string> = { PUBLIC_URL: settings.publicUrl, ...settingsFromDoubles(settings) }
  const passwordFile = join(settings.dataFolder, 'postgres', 'password')
  if (settings.databaseUrl === null && existsSync(passwordFile)) {
    const password = readFileSync(passwordFile, 'utf8').trim()
    fromShop['DATABASE_URL'] = `postgres://postgres:${password}@127.0.0.1:${settings.databasePort}/${DATABASE}`
  }
  for (const [name, value] of Object.entries(fromShop)) process.env[name] ??= value
}
