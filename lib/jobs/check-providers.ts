import 'server-only'
import { z } from 'zod'
import { writeProviderCheck } from '#db/payments/provider-checks.ts'
import { log } from '../log.ts'
import { paymentProviders } from '../payments/registry.ts'
import { defineJob } from './job.ts'

/** Each hour: whether the gateways answer, our clock is right, and how long each certificate lasts, from 30 days down. */
export const checkProvidersJob = defineJob({
  name: 'check-providers',
  data: z.strictObject({}),
  cron: '25 * * * *',
  run: async (_, { now }) => {
    const checks = [...paymentProviders().values()].map(async (provider) => {
      const findings = await provider.diagnose()
      await writeProviderCheck({ provider: provider.name, findings, checkedAt: now })
      for (const { level, text } of findings)
        if (level !== 'ok') log.warn({ provider: provider.name, level, text }, 'a payment provider needs somebody')
      return findings.filter(({ level }) => level !== 'ok').length
    })
    return { doubts: (await Promise.all(checks)).reduce((sum, doubts) => sum + doubts, 0) }
  },
})
