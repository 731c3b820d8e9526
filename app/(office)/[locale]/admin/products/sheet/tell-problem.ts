import type { SheetError } from '#lib/catalog/read-sheet.ts'
import type { SheetProblem } from '#lib/catalog/sheet-piece.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { translator } from '#lib/i18n/translator.ts'
import { gapInWords } from '../answer-edit.ts'

/** Why a file cannot be read at all. */
export function tellSheetError(error: SheetError, locale: Locale): string {
  const t = translator(locale)
  const [line, column] = ['line' in error ? error.line : 0, 'column' in error ? error.column : '']
  return t(`officeSheet.errors.${error.code}`, { line, column })
}

/** What is wrong with a cell. */
export function tellProblem({ code, gaps = [] }: SheetProblem, locale: Locale): string {
  const t = translator(locale)
  if (typeof code !== 'string') return t(code.key as 'form.errors.invalid')
  const list = gaps.map((gap) => gapInWords(locale, gap)).join(t('officeCatalogue.comma'))
  return t(`officeSheet.errors.${code}`, { list })
}
