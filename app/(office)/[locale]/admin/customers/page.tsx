import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { DataTable } from '#components/office/data-table.tsx'
import { EmptyState } from '#components/office/empty-state.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { SearchField, Toolbar } from '#components/office/toolbar.tsx'
import { listCustomers } from '#db/customers/list-customers.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { officeCustomerPath, officeCustomersPath, withQuery } from '#lib/office-paths.ts'

export const instant = false

const Query = z.object({
  q: z.string().max(100).catch(''),
  at: z.coerce.date().nullable().catch(null),
  id: z.uuid().nullable().catch(null),
})

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('customers.title') }
}

/** Who has an account, with what they ordered. */
export default async function CustomersPage({ searchParams }: PageProps<'/[locale]/admin/customers'>) {
  const permit = await permitted('customers.read')
  const [locale, query, t] = await Promise.all([pageLocale(), searchParams, getTranslations('officeCatalogue')])
  const { q, at, id } = Query.parse({ ...query, at: query['at'] ?? null })
  const after = at && id && query['at'] ? { at, id } : null
  const { customers, next } = await listCustomers(permit, { words: q, after })
  const path = officeCustomersPath(locale)
  return (
    <OfficePage title={t('customers.title')}>
      <Toolbar action={path} label={t('filters.label')} go={t('filters.go')} busy={t('filters.busy')}>
        <SearchField label={t('customers.q')} words={q} />
      </Toolbar>
      {customers.length === 0 ? (
        <EmptyState title={t('none')}>
          <p>{t('noneText')}</p>
        </EmptyState>
      ) : (
        <DataTable
          caption={t('customers.title')}
          captionHidden
          rows={customers}
          keyOf={(customer) => customer.id}
          hrefOf={(customer) => officeCustomerPath(locale, customer.id)}
          columns={[
            { head: t('customers.email'), cell: ({ email }) => email },
            { head: t('name'), cell: ({ name }) => name ?? '–' },
            { head: t('customers.since'), cell: ({ createdAt }) => formatShortTime(createdAt, locale), minor: true },
            { head: t('customers.orders'), cell: ({ orders }) => orders, end: true },
            { head: t('customers.sum'), cell: ({ paidFen }) => formatPrice(paidFen, locale), end: true },
          ]}
        />
      )}
      <Pager
        first={after && withQuery(path, { q })}
        next={next && withQuery(path, { q, at: next.at.toISOString(), id: next.id })}
      />
    </OfficePage>
  )
}
