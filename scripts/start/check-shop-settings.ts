import { readFileSync } from 'node:fs'
import { parseRanges } from '#lib/http/ip-ranges.ts'
import { readAllowedSources } from '#lib/payments/allowed-sources.ts'
import { createRegistry } from '#lib/payments/registry.ts'
import { readShopSettings } from '#lib/shop-settings.ts'
import type { StartSettings } from './settings.ts'
import { StartFailure } from './start-failure.ts'

/**
 * Asks now what the shop's processes would refuse later, when half of them are up.
 * @throws {StartFailure} that names each wrong setting.
 */
export function checkShopSettings(environment: NodeJS.ProcessEnv, { publicUrl }: StartSettings): void {
  try {
    readShopSettings({ DATABASE_URL: 'postgres://not-yet-known', ...environment, PUBLIC_URL: publicUrl })
    readAllowedSources(environment)
    parseRanges(environment['TRUSTED_PROXIES'] ?? '')
    createRegistry(
      { ...environment, PUBLIC_URL: publicUrl },
      { readFile: (path) => readFileSync(path), clock: () => new Date() },
    )
  } catch (error) {
    throw new StartFailure(error instanceof Error ? error.message : String(error))
  }
}
