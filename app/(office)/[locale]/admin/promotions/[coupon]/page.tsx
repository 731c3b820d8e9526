import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Facts } from '#components/office/facts.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { listCouponCategories } from '#db/promotions/list-coupon-categories.ts'
import { findCoupon } from '#db/promotions/list-coupons.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { toYuan } from '#lib/domain/money.ts'
import { officePromotionsPath } from '#lib/office-paths.ts'
import { timeField } from '#lib/promotions/coupon-form.ts'
import { showListedCoupon } from '#lib/promotions/shown-coupon.ts'
import { editCouponAction, stopCouponAction } from '../actions.ts'
import { CouponFieldset } from '../coupon-fields.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officePromotions'))('title') }
}

/** One discount code: its use, what it gives, and its end. */
export default async function CouponPage({ params }: PageProps<'/[locale]/admin/promotions/[coupon]'>) {
  const permit = await permitted('promotions.edit')
  const [locale, { coupon: name }, t] = await Promise.all([pageLocale(), params, getTranslations('officePromotions')])
  const found = /^\d{1,9}$/.test(name) ? await findCoupon(permit, Number(name)) : null
  if (!found) notFound()
  const { coupon, pieces } = found
  const shown = showListedCoupon(found, locale, new Date())
  const text = (value: number | null) => (value === null ? '' : String(value))
  const seen = (
    <>
      <input type="hidden" name="id" value={coupon.id} />
      <input type="hidden" name="version" value={coupon.version} />
    </>
  )
  return (
    <OfficePage title={coupon.code} trail={<a href={officePromotionsPath(locale)}>{t('title')}</a>}>
      <Panel title={t('use')}>
        <Facts
          facts={[
            { name: t('columns.state'), value: shown.state },
            { name: t('columns.uses'), value: shown.uses },
            { name: t('givenBack'), value: found.givenBack },
            { name: t('columns.takenOff'), value: shown.takenOff },
          ]}
        />
        <ActionForm action={stopCouponAction} className="" label={t(coupon.stoppedAt ? 'resume' : 'stop')}>
          {seen}
          <input type="hidden" name="stop" value={coupon.stoppedAt ? 'no' : 'yes'} />
          <SubmitButton look="quiet">{t(coupon.stoppedAt ? 'resume' : 'stop')}</SubmitButton>
        </ActionForm>
      </Panel>
      <Panel title={t('edit')}>
        <ActionForm action={editCouponAction} className="office-form" label={t('edit')}>
          {seen}
          <CouponFieldset
            categories={await listCouponCategories(locale)}
            values={{
              kind: coupon.kind,
              percent: coupon.basisPoints === null ? '' : String(coupon.basisPoints / 100),
              amount: coupon.amountFen === null ? '' : toYuan(coupon.amountFen),
              threshold: coupon.thresholdFen === 0n ? '' : toYuan(coupon.thresholdFen),
              startsAt: timeField(coupon.startsAt),
              endsAt: timeField(coupon.endsAt),
              usesAtMost: text(coupon.usesAtMost),
              usesPerCustomer: text(coupon.usesPerCustomer),
              pieces: pieces.join('\n'),
              note: coupon.note ?? '',
              categories: coupon.categoryIds ?? [],
            }}
          />
          <p>
            <SubmitButton>{t('save')}</SubmitButton>
          </p>
        </ActionForm>
      </Panel>
    </OfficePage>
  )
}
