import 'server-only'
import { z } from 'zod'
import { findBrokenAuditSeal, sealAuditEntries } from '#db/audit-log/seal-audit-entries.ts'
import { log } from '../log.ts'
import { defineJob } from './job.ts'

/** Every five minutes; each run walks the chain too, which grows by what people do and not by what shoppers buy. */
export const sealAuditLogJob = defineJob({
  name: 'seal-audit-log',
  data: z.strictObject({}),
  cron: '*/5 * * * *',
  run: async () => {
    const sealed = await sealAuditEntries()
    const broken = await findBrokenAuditSeal()
    if (broken) log.error(broken, 'the log of the back office was changed')
    return { sealed, broken }
  },
})
