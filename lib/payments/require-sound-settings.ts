import { paymentProviders } from './registry.ts'

/**
 * Ends the process, with a line for each thing that is wrong, when the payment settings are not right: a shop with half
 * a provider, or with play money in production, must not start. (Next by itself would go on and answer 500.)
 */
export function requireSoundSettings(): void {
  try {
    paymentProviders()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
