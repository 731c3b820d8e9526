import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { ConfirmButton } from '#components/office/confirm.tsx'
import { EmptyState } from '#components/office/empty-state.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { countWork } from '#db/office/count-work.ts'
import { listOrders } from '#db/office/list-orders.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { mayDo } from '#lib/domain/permissions.ts'
import { orderFilterQuery, readOrderCursor, readOrderFilter, writeOrderCursor } from '#lib/office/order-filter.ts'
import { officeOrdersPath, withQuery } from '#lib/office-paths.ts'
import { cancelMarkedAction } from './actions.ts'
import { ExportForm } from './export-form.tsx'
import { OrderFilters } from './order-filters.tsx'
import { OrderLists } from './order-lists.tsx'
import { OrderTable } from './order-table.tsx'

export const instant = false

const PAGE_SIZE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('officeOrders')
  return { title: t('title') }
}

export default async function OrdersPage({ searchParams }: PageProps<'/[locale]/admin/orders'>) {
  const permit = await permitted('orders.read')
  const [locale, query, t, keys] = await Promise.all([
    pageLocale(),
    searchParams,
    getTranslations('officeOrders'),
    getTranslations('office.keys'),
  ])
  const filter = readOrderFilter(query)
  const after = readOrderCursor(query['after'])
  const [page, work] = await Promise.all([listOrders(permit, filter, { after, limit: PAGE_SIZE }), countWork(permit)])
  const path = officeOrdersPath(locale)
  const asked = orderFilterQuery(filter)
  const { count, estimated } = work.orders
  const list = withQuery(path, asked)
  const inAll = list === path ? t(estimated ? 'about' : 'inAll', { count }) : null
  const note = page.count === null ? inAll : t('found', { count: page.count })
  return (
    <OfficePage
      title={t('title')}
      acts={
        mayDo(permit.roles, 'orders.export') ? <ExportForm locale={locale} list={list.slice(path.length + 1)} /> : null
      }
      keys={[
        { keys: ['j', 'k'], does: `${keys('nextRow')}, ${keys('previousRow')}` },
        { keys: ['Enter'], does: keys('open') },
        { keys: ['x'], does: keys('mark') },
      ]}
    >
      <OrderLists permit={permit} locale={locale} filter={filter} work={work} />
      <OrderFilters locale={locale} filter={filter} />
      {page.orders.length === 0 ? (
        <EmptyState title={t(page.stopped ? 'noneSoFar' : 'none')}>
          <p>{t(page.stopped ? 'noneSoFarText' : 'noneText')}</p>
        </EmptyState>
      ) : (
        <ActionForm action={cancelMarkedAction} className="office-bulk" label={t('bulk.label')}>
          <OrderTable locale={locale} orders={page.orders} />
          {mayDo(permit.roles, 'orders.cancel') ? (
            <ConfirmButton label={`${t('bulk.cancel')} …`} confirm={t('bulk.cancel')} danger>
              <p>{t('bulk.text')}</p>
            </ConfirmButton>
          ) : null}
        </ActionForm>
      )}
      <Pager
        first={after && list}
        next={page.next && withQuery(path, { ...asked, after: writeOrderCursor(page.next) })}
        nextLabel={page.stopped ? t('lookFurther') : undefined}
        note={note}
      />
    </OfficePage>
  )
}
