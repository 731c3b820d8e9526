import 'server-only'
import { z } from 'zod'
import { auditMoney } from '#db/audit/audit-money.ts'
import { raiseIncident } from '#db/incidents/raise-incident.ts'
import { log } from '../log.ts'
import { defineJob } from './job.ts'

/** Each night, when few people buy. What it finds is for a person, so it is told as an error and not tried again. */
export const auditMoneyJob = defineJob({
  name: 'audit-money',
  data: z.strictObject({}),
  cron: '40 4 * * *',
  run: async (_, { now }) => {
    const findings = await auditMoney({ now })
    for (const { rule, invariant, what } of findings) {
      log.error({ rule, invariant, what }, 'the books are not sound')
      const evidence = { rule, invariant, what }
      await raiseIncident({ kind: 'books_unsound', subject: `rule:${rule}`, occurrence: what, evidence }, now)
    }
    return { findings: findings.length }
  },
})
