import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ConfirmButton } from '#components/office/confirm.tsx'
import { CheckField, TextField } from '#components/office/field.tsx'
import { Tabs } from '#components/office/toolbar.tsx'
import { COUNTED_AT_MOST, type Work } from '#db/office/count-work.ts'
import { listViews } from '#db/office/list-views.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { EVERY_ORDER, type OrderFilter } from '#lib/domain/order-list.ts'
import { mayDo, type Permit } from '#lib/domain/permissions.ts'
import { orderFilterQuery } from '#lib/office/order-filter.ts'
import { officeOrdersPath, withQuery } from '#lib/office-paths.ts'
import { deleteViewAction, saveViewAction } from './actions.ts'
import { ORDER_VIEWS } from './order-views.ts'

/** The lists that one asks for often: those of every shop, one's own, and what colleagues share. */
export async function OrderLists({
  permit,
  locale,
  filter,
  work,
}: {
  permit: Permit<'orders.read'>
  locale: Locale
  filter: OrderFilter
  work: Work
}) {
  const [t, views] = await Promise.all([getTranslations('officeOrders.views'), listViews(permit)])
  const path = officeOrdersPath(locale)
  const here = withQuery(path, orderFilterQuery(filter))
  const pile = (count: number) => (count > COUNTED_AT_MOST ? t('pileOver', { count: COUNTED_AT_MOST }) : String(count))
  const known = ORDER_VIEWS.map(({ name, query, pile: of }) => ({
    key: name,
    name: of ? `${t(name)} ${pile(work[of])}` : t(name),
    href: withQuery(path, query),
  }))
  const saved = views.map(({ id, name, by, filter: of }) => ({
    key: id,
    name: by === null ? name : t('of', { name, by }),
    // In the order of our own filters: the database keeps another one.
    href: withQuery(path, orderFilterQuery({ ...EVERY_ORDER, ...of })),
  }))
  const lists = [...known, ...saved].map((list) => ({ ...list, current: list.href === here }))
  const shown = views.find(({ id }) => lists.some((list) => list.key === id && list.current))
  const mayDelete = shown && (shown.own || (shown.shared && mayDo(permit.roles, 'settings.edit')))
  return (
    <>
      <Tabs label={t('label')} tabs={lists} />
      {mayDelete ? <DeleteView id={shown.id} name={shown.name} /> : null}
      {lists.some(({ current }) => current) ? null : <SaveView list={here.slice(path.length + 1)} />}
    </>
  )
}

async function SaveView({ list }: { list: string }) {
  const [t, office] = await Promise.all([getTranslations('officeOrders.views'), getTranslations('office')])
  return (
    <details className="office-more">
      <summary>{t('save')}</summary>
      <ActionForm action={saveViewAction} className="office-toolbar" label={t('save')}>
        <input type="hidden" name="list" value={list} />
        <TextField id="view-name" name="name" label={t('name')} input={{ maxLength: 40, autoComplete: 'off' }} />
        <CheckField id="view-shared" name="shared" label={t('shared')} input={{ value: 'yes' }} />
        <SubmitButton look="quiet">{office('save')}</SubmitButton>
      </ActionForm>
    </details>
  )
}

async function DeleteView({ id, name }: { id: string; name: string }) {
  const t = await getTranslations('officeOrders.views')
  return (
    <ActionForm action={deleteViewAction} className="office-more" label={t('delete', { name })}>
      <input type="hidden" name="view" value={id} />
      <ConfirmButton label={t('delete', { name })} confirm={t('deleteNow')}>
        <p>{t('deleteText')}</p>
      </ConfirmButton>
    </ActionForm>
  )
}
