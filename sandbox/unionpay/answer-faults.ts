import type { Struck } from '../faults/fault-rules.ts'
import type { ApiFault } from './fault-kinds.ts'
import { type Outcome, type RespCode, respMsg } from './response-codes.ts'
import type { UnionpayRoom } from './room.ts'
import { compactTime } from './txn-time.ts'

/** What the gateway says in place of the work, if a fault says so: nothing has been done. */
export function refuseInstead(struck: Struck): Outcome | null {
  const codes: [ApiFault, RespCode][] = [
    ['timed_out_before', '03'],
    ['closed', '02'],
    ['busy', '06'],
    ['unsigned_not_found', '34'],
  ]
  const found = codes.find(([kind]) => struck.has(kind))
  return found ? { code: found[1] } : null
}

/** Lies that are signed: about work that is done, and about work that never is. */
export async function falsifyOutcome(
  room: UnionpayRoom,
  method: string,
  struck: Struck,
  work: () => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  if (struck.has('not_done') && (method === 'refund' || method === 'cancel'))
    return { code: '00', fields: { queryId: `${compactTime(room.clock.now())}${room.ids.digits(6)}8` } }
  const outcome = await work()
  if (struck.has('timed_out_after')) return { code: '03' }
  if (struck.has('unknown_after')) return { code: '04' }
  if (method !== 'query' || outcome.code !== '00') return outcome
  if (struck.has('says_not_found')) return { code: '34' }
  return struck.has('says_unknown') ? tellUnknown(outcome) : outcome
}

const tellUnknown = ({ fields }: Outcome): Outcome => ({
  code: '00',
  fields: { ...fields, origRespCode: '04', origRespMsg: respMsg('04'), settleAmt: undefined, settleDate: undefined },
})
