import 'server-only'
import { z } from 'zod'
import { SEALED_AT_ONCE, sealJournals } from '#db/ledger/seal-journals.ts'
import { defineJob } from './job.ts'

/** Each minute, so that what is not sealed yet is a minute old. The log of it is a witness of where the chain ended. */
export const sealJournalsJob = defineJob({
  name: 'seal-journals',
  data: z.strictObject({}),
  cron: '* * * * *',
  run: async (_, { signal }) => sealAll(signal),
})

async function sealAll(signal: AbortSignal): Promise<object> {
  for (let sealed = 0; ; ) {
    const batch = await sealJournals()
    if (batch === null) return { sealed, busy: true }
    sealed += batch.sealed
    if (batch.sealed < SEALED_AT_ONCE || signal.aborted) return { ...batch, sealed }
  }
}
