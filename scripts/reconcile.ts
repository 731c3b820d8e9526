import { parseArgs } from 'node:util'
import { takeSettingsOfShop } from './start/beside-shop.ts'

/**
 * Matches one day of one provider with its bill, now, and prints what differs:
 * `npm run reconcile -- --provider alipay --day 2026-11-20`. `--kept` reads the bill that was kept instead of asking for
 * one. Exits with 0 when all is settled, 1 when something is not, 2 when there is no bill that can be believed.
 */
const { values } = parseArgs({
  options: {
    provider: { type: 'string', default: '' },
    day: { type: 'string', default: '' },
    kept: { type: 'boolean', default: false },
  },
})
takeSettingsOfShop()

const { sql } = await import('#db/client.ts')
const { listDifferences } = await import('#db/reconciliation/list-differences.ts')
const { readBillDay } = await import('#db/reconciliation/read-bill-day.ts')
const { startOfShanghaiDay } = await import('#lib/domain/shanghai-time.ts')
const { paymentProviders } = await import('#lib/payments/registry.ts')
const { writeDayReport } = await import('#lib/reconciliation/day-report.ts')
const { reconcileDay } = await import('#lib/reconciliation/reconcile-day.ts')
const { settleByRule } = await import('#lib/reconciliation/settle-by-rule.ts')

const provider = [...paymentProviders().values()].find(({ name }) => name === values.provider)
if (!provider)
  complain(`--provider must be one that is set up: ${[...paymentProviders().keys()].join(', ') || 'none is'}`)
else if (!startOfShanghaiDay(values.day)) complain('--day must be a day, yyyy-MM-dd')
else process.exitCode = await reconcile(provider, values.day)
await sql.end({ timeout: 5 })

async function reconcile(chosen: NonNullable<typeof provider>, day: string): Promise<number> {
  const now = new Date()
  const from = values.kept ? 'kept' : 'provider'
  const outcome = await reconcileDay({ provider: chosen, day, from, onProgress: showProgress() }, now)
  if (!outcome.ok) {
    console.error(`${chosen.name} ${day}: ${outcome.error.code}, ${outcome.error.reason}`)
    return 2
  }
  await settleByRule(paymentProviders(), now)
  const ofDay = { provider: chosen.name, day }
  const [read, differences] = await Promise.all([readBillDay(ofDay), listDifferences(ofDay)])
  if (!read) throw new Error('the day that was matched is gone')
  console.log(writeDayReport(ofDay, read, differences))
  return differences.some(({ state }) => state !== 'settled') ? 1 : 0
}

/** At most one line a second, on stderr, so that the table can be piped. */
function showProgress() {
  let shownAt = performance.now()
  return (step: string, lines: number) => {
    if (performance.now() - shownAt < 1000) return
    shownAt = performance.now()
    console.error(`${step} ${lines.toLocaleString('en')} lines`)
  }
}

function complain(sentence: string): void {
  console.error(sentence)
  process.exitCode = 2
}
