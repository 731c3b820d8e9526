import 'server-only'
import { z } from 'zod'
import { log } from '../log.ts'
import { PROVIDER_NAMES } from '../payments/port.ts'
import { paymentProviders } from '../payments/registry.ts'
import { reconcileDay } from '../reconciliation/reconcile-day.ts'
import { settleByRule } from '../reconciliation/settle-by-rule.ts'
import { defineJob } from './job.ts'

const LINES_BETWEEN_NOTES = 100_000

/** Matches one day. What cannot be had or believed is no failure of the job: the day stays due and is handed out again. */
export const reconcileDayJob = defineJob({
  name: 'reconcile-day',
  data: z.object({ provider: z.enum(PROVIDER_NAMES), day: z.iso.date() }),
  run: async ({ provider: name, day }, { now }) => {
    const provider = paymentProviders().get(name)
    if (!provider) return { provider: name, day, state: 'provider_not_set_up' }
    const outcome = await reconcileDay({ provider, day, from: 'provider', onProgress: noteProgress(name, day) }, now)
    if (!outcome.ok) {
      log.warn({ provider: name, day, ...outcome.error }, 'a bill could not be matched')
      return { provider: name, day, state: outcome.error.code }
    }
    return { provider: name, day, state: 'matched', settled: await settleByRule(paymentProviders(), now) }
  },
})

/** A line in the log every hundred thousand lines of the bill. */
function noteProgress(provider: string, day: string) {
  let noted = 0
  return (step: string, lines: number) => {
    if (lines < noted) noted = 0
    if (lines - noted < LINES_BETWEEN_NOTES) return
    noted = lines
    log.info({ provider, day, step, lines }, 'reconciling')
  }
}
