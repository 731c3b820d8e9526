import type { Locale } from '../domain/locale.ts'
import { translator } from '../i18n/translator.ts'
import { PROVIDER_NAMES } from '../payments/port.ts'

/** Who did something, in words. @param name of staff, where it is known. */
export function sayActor(actor: string, name: string | null | undefined, locale: Locale): string {
  if (name) return name
  const t = translator(locale)
  const provider = PROVIDER_NAMES.find((one) => actor === `provider:${one}`)
  if (provider) return t(`order.provider.${provider}`)
  return actor === 'shopper' || actor === 'system' ? t(`officeOrder.actor.${actor}`) : actor
}
