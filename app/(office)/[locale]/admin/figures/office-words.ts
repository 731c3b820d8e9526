import type { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'

export type FigureWords = Awaited<ReturnType<typeof getTranslations<'officeFigures'>>>

/** A way to pay in words, such as “Alipay, on a computer”. A scene that has none keeps the word of the code. */
export function wayName(t: FigureWords, provider: 'alipay' | 'wechatpay' | 'unionpay', scene: string): string {
  const key = `scenes.${scene}` as 'scenes.page'
  return t('way', { provider: t(`providers.${provider}`), scene: t.has(key) ? t(key) : scene })
}

export type InWords = { readonly t: FigureWords; readonly locale: Locale }
