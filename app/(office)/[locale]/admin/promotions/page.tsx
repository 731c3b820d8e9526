import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { DataTable } from '#components/office/data-table.tsx'
import { EmptyState } from '#components/office/empty-state.tsx'
import { TextField } from '#components/office/field.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import { listCouponCategories } from '#db/promotions/list-coupon-categories.ts'
import { listCoupons } from '#db/promotions/list-coupons.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { officeCouponPath, officePromotionsPath, withQuery } from '#lib/office-paths.ts'
import { showListedCoupon } from '#lib/promotions/shown-coupon.ts'
import { createCouponAction } from './actions.ts'
import { CouponFieldset } from './coupon-fields.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePromotions'))('title') }
}

const NOTHING = {
  kind: 'percent',
  percent: '',
  amount: '',
  threshold: '',
  startsAt: '',
  endsAt: '',
  usesAtMost: '',
  usesPerCustomer: '1',
  pieces: '',
  note: '',
  categories: [],
} as const

/** All discount codes with their use, and a form for a new one. */
export default async function PromotionsPage({ searchParams }: PageProps<'/[locale]/admin/promotions'>) {
  const permit = await permitted('promotions.edit')
  const [locale, t, query] = await Promise.all([pageLocale(), getTranslations('officePromotions'), searchParams])
  const before = Number(query['before'])
  const [{ coupons, next }, categories] = await Promise.all([
    listCoupons(permit, Number.isSafeInteger(before) && before > 0 ? before : null),
    listCouponCategories(locale),
  ])
  const rows = coupons.map((listed) => showListedCoupon(listed, locale, new Date()))
  const path = officePromotionsPath(locale)
  return (
    <OfficePage title={t('title')}>
      {rows.length === 0 ? (
        <EmptyState title={t('none')} />
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          rows={rows}
          keyOf={({ id }) => String(id)}
          hrefOf={({ id }) => officeCouponPath(locale, id)}
          columns={[
            { head: t('columns.code'), cell: ({ code }) => code },
            { head: t('columns.offer'), cell: ({ offer }) => offer },
            { head: t('columns.window'), cell: ({ window }) => window, minor: true },
            { head: t('columns.state'), cell: ({ state, tone }) => <StatusMark tone={tone}>{state}</StatusMark> },
            { head: t('columns.uses'), cell: ({ uses }) => uses, end: true },
            { head: t('columns.takenOff'), cell: ({ takenOff }) => takenOff, end: true },
          ]}
        />
      )}
      <Pager
        first={query['before'] === undefined ? null : path}
        next={next === null ? null : withQuery(path, { before: String(next) })}
      />
      <Panel title={t('new')}>
        <ActionForm action={createCouponAction} className="office-form" label={t('new')}>
          <TextField id="code" name="code" label={t('fields.code')} hint={t('codeHint')} input={{ maxLength: 64 }} />
          <CouponFieldset values={NOTHING} categories={categories} />
          <p>
            <SubmitButton>{t('create')}</SubmitButton>
          </p>
        </ActionForm>
      </Panel>
    </OfficePage>
  )
}
