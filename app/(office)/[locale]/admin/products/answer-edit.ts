import 'server-only'
import { refresh } from 'next/cache'
import type { Locale } from '#lib/domain/locale.ts'
import type { SaleGap } from '#lib/domain/sale-gaps.ts'
import { done, type Outcome, refused } from '#lib/doors/answer.ts'
import type { Messages } from '#lib/i18n/messages.ts'
import { translator } from '#lib/i18n/translator.ts'
import type { Result } from '#lib/result.ts'

type Words = Messages['officeCatalogue']
type Refusal = {
  readonly code: keyof Words['refused']
  readonly gaps?: readonly SaleGap[]
  readonly skus?: readonly string[]
  readonly slugs?: readonly string[]
  readonly available?: number
  readonly onHand?: number
  readonly pieces?: number
}

/** The field that a refusal is about, where there is one. */
const FIELD_OF: Readonly<Partial<Record<Refusal['code'], string>>> = {
  slug_taken: 'slug',
  sku_taken: 'sku',
  options_taken: 'glaze',
  unknown_related: 'related',
  in_the_past: 'startsAt',
  moment_taken: 'startsAt',
  unknown_skus: 'lines',
  not_enough_stock: 'units',
}

/** What came of a change, in words; the page is read anew, so that it shows what is stored now in any case. */
export function answerEdit(locale: Locale, result: Result<unknown, Refusal>, said: keyof Words['done']): Outcome {
  refresh()
  const t = translator(locale)
  if (result.ok) return done(t(`officeCatalogue.done.${said}`))
  const { code, gaps = [], skus = [], slugs = [], available = 0, onHand = 0, pieces = 0 } = result.error
  const list = [...gaps.map((gap) => gapInWords(locale, gap)), ...skus, ...slugs].join(t('officeCatalogue.comma'))
  const sentence = t(`officeCatalogue.refused.${code}`, { list, available, onHand, pieces })
  const field = FIELD_OF[code]
  return refused(sentence, field ? { [field]: sentence } : {})
}

/** "the name in French", "a picture of CPT-RT90-CEL". */
export function gapInWords(locale: Locale, gap: SaleGap): string {
  const t = translator(locale)
  const language = 'locale' in gap ? t(`officeCatalogue.languages.${gap.locale}`) : ''
  return t(`officeCatalogue.gaps.${gap.what}`, { language, sku: 'sku' in gap ? gap.sku : '' })
}
