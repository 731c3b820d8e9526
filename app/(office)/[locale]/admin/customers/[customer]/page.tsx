import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ConfirmButton } from '#components/office/confirm.tsx'
import { DataTable } from '#components/office/data-table.tsx'
import { Facts } from '#components/office/facts.tsx'
import { TextArea } from '#components/office/field.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { readCustomer } from '#db/customers/read-customer.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { mayDo } from '#lib/domain/permissions.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { officeCustomersPath, officeOrderPath } from '#lib/office-paths.ts'
import { addCustomerNoteAction, endSignInsAction } from '../actions.ts'
import { EraseForm } from './erase-form.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('customers.one') }
}

/** A customer: orders and what they came to, addresses, notes of the staff, sign-ins. */
export default async function CustomerPage({ params }: PageProps<'/[locale]/admin/customers/[customer]'>) {
  const permit = await permitted('customers.read')
  const id = z.uuid().safeParse((await params).customer)
  const customer = id.success ? await readCustomer(permit, id.data, new Date()) : null
  if (!customer) notFound()
  const [locale, t, order] = await Promise.all([
    pageLocale(),
    getTranslations('officeCatalogue'),
    getTranslations('officeOrders'),
  ])
  return (
    <OfficePage
      title={customer.name ?? customer.email}
      trail={<a href={officeCustomersPath(locale)}>{t('customers.title')}</a>}
    >
      <div className="office-columns">
        <Panel title={t('customers.orders')}>
          <DataTable
            caption={t('customers.orders')}
            captionHidden
            rows={customer.placed}
            keyOf={({ number }) => number}
            hrefOf={({ number }) => officeOrderPath(locale, number)}
            columns={[
              { head: t('customers.number'), cell: ({ number }) => number, long: true },
              { head: t('customers.placed'), cell: ({ placedAt }) => formatShortTime(placedAt, locale), minor: true },
              { head: t('stateLabel'), cell: ({ state }) => order(`state.${state}`) },
              { head: t('customers.sum'), cell: ({ totalFen }) => formatPrice(totalFen, locale), end: true },
            ]}
          />
        </Panel>
        <div>
          <Panel title={t('customers.one')}>
            <Facts
              facts={[
                { name: t('customers.email'), value: customer.email },
                { name: t('customers.since'), value: formatShortTime(customer.createdAt, locale) },
                { name: t('customers.orders'), value: customer.orders },
                { name: t('customers.sum'), value: formatPrice(customer.paidFen, locale), strong: true },
              ]}
            />
          </Panel>
          {customer.addresses.length > 0 ? (
            <Panel title={t('customers.addresses')}>
              {customer.addresses.map((address) => (
                <p key={address.id}>
                  {[address.recipient, address.phone, address.street, address.street2, address.district, address.city]
                    .concat([address.region, address.postcode, address.country])
                    .filter(Boolean)
                    .join(t('comma'))}
                </p>
              ))}
            </Panel>
          ) : null}
          <Panel title={t('customers.notes')}>
            {customer.notes.map((note) => (
              <p key={String(note.id)}>
                {formatShortTime(note.at, locale)} · {note.body}
              </p>
            ))}
            {mayDo(permit.roles, 'orders.note') ? (
              <ActionForm action={addCustomerNoteAction} className="office-form" label={t('customers.notes')}>
                <input type="hidden" name="customer" value={customer.id} />
                <TextArea id="body" name="body" label={t('customers.newNote')} area={{ maxLength: 2000 }} />
                <p>
                  <SubmitButton look="quiet">{t('customers.addNote')}</SubmitButton>
                </p>
              </ActionForm>
            ) : null}
          </Panel>
          <Panel title={t('customers.signIns')}>
            {customer.sessions.map((session) => (
              <p key={session.id}>
                {formatShortTime(session.seenAt, locale)} · {session.userAgent?.slice(0, 80) ?? '–'}
              </p>
            ))}
            {mayDo(permit.roles, 'customers.erase') && customer.sessions.length > 0 ? (
              <ActionForm action={endSignInsAction} className="office-form" label={t('customers.signOut')}>
                <input type="hidden" name="customer" value={customer.id} />
                <ConfirmButton label={t('customers.signOut')} confirm={t('customers.signOut')}>
                  <p>{t('customers.signOutText')}</p>
                </ConfirmButton>
              </ActionForm>
            ) : null}
          </Panel>
          {mayDo(permit.roles, 'customers.erase') ? <EraseForm customerId={customer.id} /> : null}
        </div>
      </div>
    </OfficePage>
  )
}
