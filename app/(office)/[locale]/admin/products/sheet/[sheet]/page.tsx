import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/office/field.tsx'
import { Notice } from '#components/office/notice.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { readKeptSheet } from '#db/catalog/desk/keep-sheet.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { planOf } from '#lib/catalog/catalogue-sheet.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { officeSheetsPath } from '#lib/office-paths.ts'
import { applySheetAction } from '../actions.ts'
import { ChangeTable, ProblemTable } from './plan-tables.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeSheet'))('title') }
}

/** What an uploaded table would change, row by row, and the button that does it. */
export default async function SheetPage({ params }: PageProps<'/[locale]/admin/products/sheet/[sheet]'>) {
  const permit = await permitted('catalogue.edit')
  const [locale, { sheet: id }, t, form] = await Promise.all([
    pageLocale(),
    params,
    getTranslations('officeSheet'),
    getTranslations('form'),
  ])
  const kept = z.uuid().safeParse(id).success ? await readKeptSheet(permit, id) : null
  const read = kept && (await planOf(permit, kept.content))
  if (!kept || !read?.ok) notFound()
  const { pieces, problems, unchanged, seal } = read.value
  const changes = pieces.flatMap(({ slug, changes: of }) => of.map((change) => ({ slug, ...change })))
  return (
    <OfficePage title={t('dryRun', { name: kept.name })} trail={<a href={officeSheetsPath(locale)}>{t('title')}</a>}>
      <Notice tone={problems.length > 0 ? 'bad' : 'plain'}>
        {kept.appliedAt ? <p>{t('appliedAt', { at: formatShortTime(kept.appliedAt, locale) })}</p> : null}
        <p>
          {pieces.length > 0 ? t('summary', { pieces: pieces.length, changes: changes.length }) : t('nothing')}{' '}
          {t('unchanged', { count: unchanged })}
        </p>
        {problems.length > 0 ? <p>{t('problemsText')}</p> : null}
      </Notice>
      {problems.length > 0 ? <ProblemTable locale={locale} problems={problems} /> : null}
      <ActionForm action={applySheetAction} className="office-form" label={t('title')}>
        {pieces.length > 0 ? (
          <>
            <input type="hidden" name="sheet" value={id} />
            <input type="hidden" name="seal" value={seal} />
            <p>{t('applyText')}</p>
            <TextField
              id="reason"
              name="reason"
              label={t('reason')}
              hint={t('reasonHint')}
              input={{ defaultValue: t('reasonOf', { name: kept.name }), maxLength: 200 }}
            />
            <StepUpField label={form('stepUpCode')} />
            <SubmitButton>{t('apply', { count: pieces.length })}</SubmitButton>
          </>
        ) : null}
      </ActionForm>
      {changes.length > 0 ? <ChangeTable changes={changes} /> : null}
    </OfficePage>
  )
}
