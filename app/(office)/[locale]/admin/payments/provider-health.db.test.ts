import { isValidElement } from 'react'
import { expect, test, vi } from 'vitest'
import { StatusMark, type StatusTone } from '#components/office/status-mark.tsx'
import { readProviderChecks } from '#db/payments/provider-checks.ts'
import { permitFor } from '#db/testing/permit-for.ts'
import { createFakeGateway } from '#lib/checkout/testing/fake-gateway.ts'
import { translator } from '#lib/i18n/translator.ts'
import { checkProvidersJob } from '#lib/jobs/check-providers.ts'
import { findExpiry } from '#lib/payments/findings.ts'
import type { PaymentProvider, ProviderName } from '#lib/payments/port.ts'
import { paymentProviders } from '#lib/payments/registry.ts'
import type { PaymentWords } from './payment-words.ts'
import { ProviderHealth } from './provider-health.tsx'

// The frame around it asks Next for the request.
vi.mock('#components/office/office-page.tsx', () => ({ Panel: ({ children }: { children: unknown }) => children }))

const NOW = new Date('2026-11-21T02:00:00Z')
const daysFromNow = (days: number) => new Date(NOW.getTime() + days * 86_400_000)

type Mark = { readonly tone: StatusTone; readonly children: string }

/** The marks of a piece of a page, which was not drawn yet. */
function marksIn(node: unknown): readonly Mark[] {
  if (Array.isArray(node)) return node.flatMap(marksIn)
  if (!isValidElement<{ children?: unknown }>(node)) return []
  return node.type === StatusMark ? [node.props as Mark] : marksIn(node.props.children)
}

/** What the desk shows after the hourly check, with a certificate of ours that ends on this day. */
async function deskWith(end: Date): Promise<readonly Mark[]> {
  const providers = paymentProviders() as Map<ProviderName, PaymentProvider>
  const diagnose = async () => [findExpiry('UNIONPAY_PFX', end, NOW)]
  providers.set('unionpay', { ...createFakeGateway().provider, name: 'unionpay', diagnose })
  await checkProvidersJob.runWith({}, { now: NOW, signal: new AbortController().signal })
  const checks = await readProviderChecks(permitFor('payments.read'))
  const t = ((key: string, values = {}) =>
    translator('en')(`officePayments.${key}` as 'officePayments.title', values)) as unknown as PaymentWords
  return marksIn(ProviderHealth({ checks, t, locale: 'en' }))
}

test.each([
  ['29 days before its end', 29.5, { tone: 'open', children: 'UNIONPAY_PFX expires in 29 days' }],
  ['31 days before its end', 31.5, { tone: 'good', children: 'UNIONPAY_PFX is good for 31 days' }],
  ['two days after its end', -2, { tone: 'bad', children: 'UNIONPAY_PFX expired 2 days ago' }],
] as const)('a certificate of ours, %s, is on the payments desk', async (_, days, mark) => {
  expect(await deskWith(daysFromNow(days))).toContainEqual(mark)
})
