import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Facts } from '#components/office/facts.tsx'
import { SelectField, TextArea } from '#components/office/field.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { nameActors } from '#db/accounts/name-actors.ts'
import { readIncident } from '#db/incidents/list-incidents.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { mayDo } from '#lib/domain/permissions.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officeIncidentsPath, officeMessagesPath, officeOrderPath, withQuery } from '#lib/office-paths.ts'
import { workIncidentAction } from '../actions.ts'
import { WORK_STEPS } from '../work-steps.ts'
import { UndoForm } from './undo-form.tsx'

export const instant = false

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('incidents'))('title') }
}

/** One incident: what was seen, what it means, what to do, what was done. */
export default async function IncidentPage({ params }: PageProps<'/[locale]/admin/incidents/[incident]'>) {
  const permit = await permitted('incidents.read')
  const [locale, { incident: id }, t] = await Promise.all([pageLocale(), params, getTranslations('incidents')])
  const incident = UUID.test(id) ? await readIncident(permit, id) : null
  if (!incident) notFound()
  const { kind, subject, evidence, steps, calls, owner } = incident
  const names = await nameActors([...new Set([...steps.map(({ actor }) => actor), `staff:${owner}`])])
  const nameOf = (actor: string) => names.get(actor) ?? actor
  const isWorkable = incident.settledAt === null && mayDo(permit.roles, 'incidents.work')
  const time = (at: Date) => formatTime(at, locale)
  return (
    <OfficePage title={t(`kind.${kind}.title`)} trail={<a href={officeIncidentsPath(locale)}>{t('title')}</a>}>
      <p>{t(`kind.${kind}.text`)}</p>
      <p>
        <strong>{t(`kind.${kind}.act`)}</strong>
      </p>
      <Panel title={t('evidence')}>
        <Facts
          facts={[
            { name: t('columns.subject'), value: <About subject={subject} locale={locale} /> },
            { name: t('columns.owner'), value: owner ? nameOf(`staff:${owner}`) : t('nobody') },
            { name: t('columns.count'), value: incident.count },
            { name: t('columns.since'), value: time(incident.openedAt) },
            { name: t('columns.lastSeen'), value: time(incident.lastSeenAt) },
            ...Object.entries(evidence).map(([name, value]) => ({
              name: t.has(`evidenceName.${name}` as 'evidenceName.order')
                ? t(`evidenceName.${name}` as 'evidenceName.order')
                : name,
              value:
                name === 'attempt' ? (
                  <a className="link" href={withQuery(officeMessagesPath(locale), { number: String(value) })}>
                    {value}
                  </a>
                ) : (
                  value
                ),
            })),
          ]}
        />
      </Panel>
      <Panel title={t('history')}>
        <Facts
          facts={[
            ...steps.map(({ at, step, actor, note }) => ({
              name: time(at),
              value: [t(`step.${step}`), actor === 'system' ? '' : nameOf(actor), note ?? '']
                .filter(Boolean)
                .join(' · '),
            })),
            ...calls.map(({ at, channel, failure }) => ({
              name: time(at),
              value: failure === null ? t(`told.${channel}`) : t(`untold.${channel}`, { failure }),
            })),
          ]}
        />
      </Panel>
      {isWorkable ? (
        <Panel title={t('work')}>
          <ActionForm action={workIncidentAction} className="office-form" label={t('work')}>
            <input type="hidden" name="incidentId" value={id} />
            <SelectField id="step" name="step" label={t('act')} select={{ defaultValue: 'taken' }}>
              {WORK_STEPS.map((step) => (
                <option key={step} value={step}>
                  {t(`work_step.${step}`)}
                </option>
              ))}
            </SelectField>
            <TextArea id="note" name="note" label={t('note')} optional={t('optional')} area={{ maxLength: 2_000 }} />
            <p>
              <SubmitButton>{t('save')}</SubmitButton>
            </p>
          </ActionForm>
          <UndoForm kind={kind} subject={subject} t={t} />
        </Panel>
      ) : null}
    </OfficePage>
  )
}

/** What it is about, as a way there where the office has one. */
function About({ subject, locale }: { subject: string; locale: Locale }) {
  const order = /^order:(.+)$/.exec(subject)?.[1]
  if (!order) return subject
  return (
    <a className="link" href={officeOrderPath(locale, order)}>
      {order}
    </a>
  )
}
