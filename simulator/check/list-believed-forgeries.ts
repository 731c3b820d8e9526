import type { BuiltSandbox } from '../../sandbox/start-sandbox.ts'

/** What no shop may believe, in the words of the gateways' faults. */
const FORGED = new Set(['bad_signature', 'tampered', 'other_key', 'unsigned', 'sha1', 'doubled_field', 'probe'])
const MEANT_FOR_OTHERS = new Set(['other_app', 'other_seller', 'other_merchant'])

/** Messages that were taken although their signature was wrong or they were meant for another shop. */
export function listBelievedForgeries(sandbox: BuiltSandbox): string[] {
  return sandbox.book
    .all(
      `select distinct n.gateway, d.faults from deliveries d join notifications n on n.id = d.notification_id
       where d.outcome = 'acknowledged' and d.faults <> ''`,
    )
    .filter(({ faults }) => String(faults).split(' ').some(isForged))
    .map(({ gateway, faults }) => `a message was believed that must not be: ${gateway}, ${faults}`)
}

const isForged = (fault: string): boolean => {
  const kind = fault.split('(')[0] ?? ''
  return FORGED.has(kind) || MEANT_FOR_OTHERS.has(kind)
}
