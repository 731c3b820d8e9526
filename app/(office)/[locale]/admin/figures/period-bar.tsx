import { SelectField, TextField } from '#components/office/field.tsx'
import { Tabs, Toolbar } from '#components/office/toolbar.tsx'
import { COMPARISONS, PERIOD_NAMES } from '#lib/domain/figure-period.ts'
import { officeFiguresPath, withQuery } from '#lib/office-paths.ts'
import type { Asked } from './asked-period.ts'
import type { InWords } from './office-words.ts'

/** Which days, and beside which others. */
export function PeriodBar({ asked, t, locale }: InWords & { asked: Asked }) {
  const path = officeFiguresPath(locale)
  const tabs = PERIOD_NAMES.map((name) => ({
    name: t(`periods.${name}`),
    href: withQuery(path, { period: name, compare: asked.comparison }),
    current: asked.name === name,
  }))
  const day = (name: 'from' | 'to', value: string) => (
    <TextField id={name} name={name} label={t(name)} input={{ type: 'date', defaultValue: value }} />
  )
  return (
    <>
      <Tabs label={t('period')} tabs={tabs} />
      <Toolbar action={path} label={t('days')} go={t('show')}>
        {day('from', asked.period.first)}
        {day('to', asked.period.last)}
        <SelectField id="compare" name="compare" label={t('compare')} select={{ defaultValue: asked.comparison }}>
          {COMPARISONS.map((comparison) => (
            <option key={comparison} value={comparison}>
              {t(`comparisons.${comparison}`)}
            </option>
          ))}
        </SelectField>
      </Toolbar>
    </>
  )
}
