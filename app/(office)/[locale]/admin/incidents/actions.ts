'use server'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { workIncident } from '#db/incidents/work-incident.ts'
import { offerAllTheSame } from '#db/providers/offer-all-the-same.ts'
import { resumeProvider } from '#db/providers/pause-provider.ts'
import { releaseSource } from '#db/risk/slow-sources.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { WORK_STEPS } from './work-steps.ts'

export const workIncidentAction = staffAction(
  'incidents.work',
  z.object({ incidentId: z.uuid(), step: z.enum(WORK_STEPS), note: z.string().trim().max(2_000) }),
  async ({ note, ...work }, { permit, ip, locale }) => {
    const t = translator(locale)
    const worked = await workIncident(permit, { ...work, note: note || null, ip })
    if (worked.ok) return done(t('incidents.saved'))
    const said = t(`incidents.errors.${worked.error.code}`)
    return refused(said, worked.error.code === 'no_reason' ? { note: said } : {})
  },
)

export const resumeProviderAction = staffAction(
  'incidents.work',
  z.object({ provider: z.enum(PROVIDER_NAMES), reason: z.string().trim().min(1).max(2_000) }),
  async ({ provider, reason }, { permit, locale }) => {
    const t = translator(locale)
    const resumed = await resumeProvider(permit, provider, reason)
    return resumed.ok ? done(t('incidents.resumed')) : refused(t('incidents.notPaused'))
  },
)

export const offerProviderAction = staffAction(
  'incidents.work',
  z.object({ provider: z.enum(PROVIDER_NAMES), reason: z.string().trim().min(1).max(2_000) }),
  async ({ provider, reason }, { permit, locale }) => {
    await offerAllTheSame(permit, provider, reason)
    return done(translator(locale)('incidents.undo.offered'))
  },
)

export const releaseSourceAction = staffAction(
  'incidents.work',
  z.object({ source: z.string().max(64), reason: z.string().trim().min(1).max(2_000) }),
  async ({ source, reason }, { permit, ip, locale }) => {
    const t = translator(locale)
    const released = await releaseSource(permit, { source, note: reason, ip })
    return released.ok ? done(t('incidents.undo.sourceReleased')) : refused(t('incidents.undo.notSlowed'))
  },
)
