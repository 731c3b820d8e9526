/** Where a fault strikes: an answer of the gateway, a notification on its way out, or a bill file. */
export type FaultPoint = 'api' | 'notify' | 'bill'

interface FaultKind {
  readonly says: string
  /** What the rule's value means; absent when it takes none. */
  readonly value?: { readonly unit: string; readonly usual: number }
}

const milliseconds = (usual: number) => ({ unit: 'ms', usual })

/** Every fault that can be ordered, by place. The words are those of the switchboard. */
export const FAULT_KINDS = {
  api: {
    timeout_before: { says: 'Never answers, nothing was done' },
    timeout_after: { says: 'Never answers, but it was done' },
    reset_before: { says: 'Drops the connection, nothing was done' },
    reset_after: { says: 'Drops the connection, but it was done' },
    half_answer: { says: 'Drops the connection in the middle of the answer' },
    http_500: { says: 'HTTP 500, nothing was done' },
    http_500_after: { says: 'HTTP 500, but it was done' },
    html: { says: 'HTTP 200 with an HTML page, nothing was done' },
    unknown_before: { says: '20000 isp.unknow-error, nothing was done' },
    unknown_after: { says: '20000 isp.unknow-error, but it was done' },
    system_error: { says: 'ACQ.SYSTEM_ERROR, nothing was done' },
    call_limited: { says: '40005 Call Limited, nothing was done' },
    slow: { says: 'Answers late', value: milliseconds(5_000) },
    bad_signature: { says: 'The signature does not match the answer' },
    other_key: { says: 'Signed with a key that is not the gateway’s' },
    unsigned: { says: 'The answer carries no signature' },
    unsigned_not_exist: { says: 'Unsigned ACQ.TRADE_NOT_EXIST, nothing was done' },
    gbk_error: { says: 'Unsigned error_response in GBK, nothing was done' },
    says_unpaid: { says: 'Query: signed answer says WAIT_BUYER_PAY of a paid trade' },
    not_done: { says: 'Refund: 10000 with fund_change N, nothing was done' },
  },
  notify: {
    drop: { says: 'The delivery is lost on the way; the retry table goes on' },
    lose: { says: 'The notification is never sent at all' },
    delay: { says: 'Sent later', value: milliseconds(10_000) },
    repeat: { says: 'Sent again, all at once', value: { unit: 'times', usual: 5 } },
    reorder: { says: 'Held back until a later notification has gone' },
    wrong_amount: { says: 'Another total_amount, rightly signed', value: { unit: 'fen', usual: -1 } },
    other_app: { says: 'The app_id of another merchant, rightly signed' },
    other_seller: { says: 'The seller_id of another merchant, rightly signed' },
    other_order: { says: 'The out_trade_no of no order, rightly signed' },
    bad_signature: { says: 'One byte of the signature is altered' },
    tampered: { says: 'The amount is altered after signing' },
    other_key: { says: 'Signed with a key that is not the gateway’s' },
    unsigned: { says: 'Without sign' },
    sha1: { says: 'sign_type RSA with a SHA-1 signature' },
    doubled_field: { says: 'total_amount twice, the second altered' },
    unknown_field: { says: 'A field that no document knows, signed with the rest' },
    empty_field: { says: 'A field with an empty value, signed with the rest' },
    gbk: { says: 'charset=GBK, bytes and signature in GBK' },
    finished: { says: 'trade_status TRADE_FINISHED instead of TRADE_SUCCESS' },
  },
  bill: {
    missing_row: { says: 'The last trade is left out' },
    extra_row: { says: 'One trade more than there was' },
    doubled_row: { says: 'The first row twice' },
    wrong_amount: { says: 'The first amount is altered', value: { unit: 'fen', usual: 1 } },
    wrong_fee: { says: 'The first service fee is altered', value: { unit: 'fen', usual: 1 } },
    wrong_footer: { says: 'The footer counts one trade more than there are' },
    cut: { says: 'The file ends in the middle' },
    other_merchant: { says: 'The bill of another merchant' },
  },
} as const satisfies Record<FaultPoint, Record<string, FaultKind>>

/** These strike when a notification is made, the others each time that it is sent. */
export const WHEN_QUEUED: readonly string[] = ['lose', 'delay', 'reorder']

export type ApiFault = keyof (typeof FAULT_KINDS)['api']
export type NotifyFault = keyof (typeof FAULT_KINDS)['notify']
export type BillFault = keyof (typeof FAULT_KINDS)['bill']

export function findFaultKind(point: FaultPoint, kind: string): FaultKind | undefined {
  const kinds: Record<string, FaultKind> = FAULT_KINDS[point]
  return Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
}
