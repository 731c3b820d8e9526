import type { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/office/field.tsx'
import type { IncidentKind } from '#lib/domain/risk/incident-kinds.ts'
import { offerProviderAction, releaseSourceAction, resumeProviderAction } from '../actions.ts'

/** What the shop did by itself, and the act by which a person takes it back. */
const UNDO = {
  provider_paused: { action: resumeProviderAction, field: 'provider', label: 'resume' },
  provider_silent: { action: offerProviderAction, field: 'provider', label: 'undo.offer' },
  source_slowed: { action: releaseSourceAction, field: 'source', label: 'undo.releaseSource' },
} as const

/** The form that undoes what the shop did by itself; an order that is held is let go on its own page. */
export function UndoForm({
  kind,
  subject,
  t,
}: {
  kind: IncidentKind
  subject: string
  t: Awaited<ReturnType<typeof getTranslations<'incidents'>>>
}) {
  const undo = kind in UNDO ? UNDO[kind as keyof typeof UNDO] : null
  if (!undo) return null
  return (
    <ActionForm action={undo.action} className="office-form" label={t(undo.label)}>
      <input type="hidden" name={undo.field} value={subject.slice(subject.indexOf(':') + 1)} />
      <TextArea id="reason" name="reason" label={t('why')} area={{ maxLength: 2_000 }} />
      <p>
        <SubmitButton look="quiet">{t(undo.label)}</SubmitButton>
      </p>
    </ActionForm>
  )
}
