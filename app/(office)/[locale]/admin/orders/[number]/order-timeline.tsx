import { getTranslations } from 'next-intl/server'
import { Panel } from '#components/office/office-page.tsx'
import type { Evidence } from '#db/office/read-evidence.ts'
import type { OfficeOrder } from '#db/office/read-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { orderTimeline } from '#lib/office/order-timeline.ts'

/** All that happened, newest first, each with what we have to show for it. */
export async function OrderTimeline({
  order,
  evidence,
  locale,
  nameOf,
}: {
  order: OfficeOrder
  evidence: Evidence
  locale: Locale
  nameOf: (actor: string) => string
}) {
  const t = await getTranslations('officeOrder.timeline')
  const { events: money, ...told } = evidence
  const items = orderTimeline({ ...told, events: order.events, money }, locale, nameOf)
  return (
    <Panel title={t('title')}>
      <ol className="order-timeline">
        {items.map(({ key, time, title, by, tone, evidence: fields }) => (
          <li key={key} className={`order-${tone}`}>
            <p>{title}</p>
            <small>{t('by', { who: by, at: time })}</small>
            {fields.length === 0 ? null : (
              <details>
                <summary>{t('evidence')}</summary>
                <dl>
                  {fields.map(({ name, value }) => (
                    <div key={name}>
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                </dl>
              </details>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
