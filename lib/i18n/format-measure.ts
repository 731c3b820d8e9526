import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'

type Unit = 'centimeter' | 'milliliter' | 'liter' | 'gram' | 'kilogram'

/** Chinese has the short names of some units in Latin letters only; its long ones are one sign each. */
const format = (value: number, unit: Unit, locale: Locale) =>
  new Intl.NumberFormat(LANGUAGE_TAG[locale], {
    style: 'unit',
    unit,
    unitDisplay: locale === 'zh' ? 'long' : 'short',
    maximumFractionDigits: 2,
  }).format(value)

/** @param millimetres shown in centimetres, as one measures a cup. */
export const formatLength = (millimetres: number, locale: Locale) => format(millimetres / 10, 'centimeter', locale)

/** From a litre on in litres. */
export const formatCapacity = (millilitres: number, locale: Locale) =>
  millilitres < 1000 ? format(millilitres, 'milliliter', locale) : format(millilitres / 1000, 'liter', locale)

/** From a kilogram on in kilograms. */
export const formatWeight = (grams: number, locale: Locale) =>
  grams < 1000 ? format(grams, 'gram', locale) : format(grams / 1000, 'kilogram', locale)
