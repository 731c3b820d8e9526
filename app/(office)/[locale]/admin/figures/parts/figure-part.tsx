import { FigurePanel } from '#components/office/figures/figure-panel.tsx'
import { labelOf } from '#lib/i18n/label-of.ts'
import { officeFigureFilePath, withQuery } from '#lib/office-paths.ts'
import { askedQuery } from '../asked-period.ts'
import { FigureRows } from '../figure-rows.tsx'
import type { AnyFigure, FigureProps } from './figure.ts'

/** A figure on the page: its plot, the table behind it, the way to the file. */
export async function FigurePart({ figure, ...props }: FigureProps & { figure: AnyFigure }) {
  const { t, locale, asked } = props
  const { table, drawn } = await figure.readPart(props)
  const title = t(`parts.${figure.name}`)
  return (
    <FigurePanel
      title={title}
      note={t(`notes.${figure.name}`)}
      words={{ table: t('table'), csv: t('csv'), csvOf: labelOf(title, t('csv'), locale) }}
      csv={withQuery(officeFigureFilePath(locale, figure.name), askedQuery(asked))}
      table={<FigureRows caption={title} table={table} locale={locale} />}
    >
      {drawn}
    </FigurePanel>
  )
}
