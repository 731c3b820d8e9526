import { LANGUAGE_TAG, type Locale } from '../domain/locale.ts'
import { translator } from '../i18n/translator.ts'
import type { BoughtAgain } from './buy-again.ts'

const SAID = ['whole', 'less', 'sold_out', 'gone', 'full'] as const satisfies readonly BoughtAgain['outcome'][]

/** What is in the cart now and what is not, in a sentence for each fate. */
export function sayBoughtAgain(bought: readonly BoughtAgain[], locale: Locale): string {
  const t = translator(locale)
  const list = new Intl.ListFormat(LANGUAGE_TAG[locale], { type: 'conjunction' })
  const sentences = SAID.flatMap((outcome) => {
    const names = bought.filter((piece) => piece.outcome === outcome).map(({ name }) => name)
    return names.length === 0 ? [] : [t(`customer.again.${outcome}`, { names: list.format(names) })]
  })
  return sentences.join(locale === 'zh' ? '' : ' ')
}
