import 'server-only'
import { readToldIncident, type ToldIncident } from '#db/incidents/read-told-incident.ts'
import { recordIncidentCall } from '#db/incidents/record-incident-call.ts'
import { wasTold } from '#db/incidents/was-told.ts'
import { DEFAULT_LOCALE } from '../domain/locale.ts'
import { translator } from '../i18n/translator.ts'
import type { RenderedMail } from '../mail/order-mail.ts'
import { officeIncidentPath } from '../office-paths.ts'
import { reasonOf } from '../payments/read-response.ts'
import { escapeXml } from '../xml.ts'
import { signWebhook } from './sign-webhook.ts'

export type Operator = {
  readonly mail: string | null
  readonly webhook: { readonly url: string; readonly secret: string } | null
  readonly publicUrl: string
  readonly send: (to: string, messageId: string, mail: RenderedMail) => Promise<void>
}

const WEBHOOK_WITHIN_MS = 10_000

/**
 * Tells the operator of an incident by one channel, and notes how that ended. Throws when it was not taken, so that the
 * job tries again; a message keeps its id over all tries.
 */
export async function tellOperator(
  { incidentId, channel }: { readonly incidentId: string; readonly channel: 'mail' | 'webhook' },
  operator: Operator,
  now: Date,
): Promise<'told' | 'told_before' | 'not_set_up' | 'unknown_incident'> {
  const incident = await readToldIncident(incidentId)
  if (!incident) return 'unknown_incident'
  if (await wasTold(incidentId, channel)) return 'told_before'
  const call = channel === 'mail' ? mailTo(incident, operator) : postTo(incident, operator, now)
  if (call === null) return 'not_set_up'
  try {
    await call
  } catch (error) {
    await recordIncidentCall({ incidentId, channel, failure: reasonOf(error), at: now })
    throw error
  }
  await recordIncidentCall({ incidentId, channel, failure: null, at: now })
  return 'told'
}

function mailTo(incident: ToldIncident, { mail, publicUrl, send }: Operator): Promise<void> | null {
  if (mail === null) return null
  const t = translator(DEFAULT_LOCALE)
  const title = t(`incidents.kind.${incident.kind}.title`)
  const url = `${publicUrl}${officeIncidentPath(DEFAULT_LOCALE, incident.id)}`
  const paragraphs = [
    t(`incidents.kind.${incident.kind}.text`),
    Object.entries(incident.evidence)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    t(`incidents.kind.${incident.kind}.act`),
    t('incidents.mail.see', { url }),
  ]
  const html = [`<h1>${escapeXml(title)}</h1>`, ...paragraphs.map((text) => `<p>${escapeXml(text)}</p>`)].join('\n')
  const rendered = { subject: t('incidents.mail.subject', { title }), html, text: [title, ...paragraphs].join('\n\n') }
  return send(mail, `${incident.id}@${new URL(publicUrl).hostname}`, rendered)
}

function postTo(incident: ToldIncident, { webhook, publicUrl }: Operator, now: Date): Promise<void> | null {
  if (webhook === null) return null
  const { id, kind, subject, severity, evidence, openedAt } = incident
  const body = JSON.stringify({
    type: 'incident.opened',
    timestamp: openedAt.toISOString(),
    data: { id, kind, subject, severity, evidence, url: `${publicUrl}${officeIncidentPath(DEFAULT_LOCALE, id)}` },
  })
  return post(webhook.url, body, signWebhook({ id: `incident_${id}`, at: now, body }, webhook.secret))
}

async function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(WEBHOOK_WITHIN_MS),
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`)
}
