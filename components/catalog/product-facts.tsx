import { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import { formatCapacity, formatLength, formatWeight } from '#lib/i18n/format-measure.ts'
import type { PieceVariant } from './piece-view.ts'

const LENGTHS = ['diameter', 'length', 'width', 'height'] as const

/** Material, measures, weight and care of a variant. */
export async function ProductFacts({ variant, locale }: { variant: PieceVariant; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'catalog' })
  const { dimensions } = variant
  const facts = [
    { name: t('material'), text: variant.material },
    ...LENGTHS.flatMap((measure) => {
      const millimetres = dimensions[measure]
      return millimetres === undefined ? [] : [{ name: t(measure), text: formatLength(millimetres, locale) }]
    }),
    ...(dimensions.capacity_ml === undefined
      ? []
      : [{ name: t('capacity'), text: formatCapacity(dimensions.capacity_ml, locale) }]),
    { name: t('weight'), text: formatWeight(variant.weightG, locale) },
    { name: t('care'), text: t('careText') },
  ]
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.name}>
          <dt>{fact.name}</dt>
          <dd>{fact.text}</dd>
        </div>
      ))}
    </dl>
  )
}
