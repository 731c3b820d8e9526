import { DELIVERY_FAULTS, type FaultKinds, LINE_FAULTS } from '../faults/fault-kinds.ts'

const SECONDS = { unit: 's', usual: -600 }

/** What may be wrong with the signature of an answer as well as of a notification. */
const SIGNATURE_FAULTS = {
  probe: { says: 'A SIGNTEST probe: a signature that is wrong on purpose' },
  bad_signature: { says: 'One byte of the signature is altered' },
  other_key: { says: 'Signed with a key that is not the platform’s, under its serial' },
  unknown_serial: { says: 'Rightly signed, under a serial that nobody knows' },
  unsigned: { says: 'Without the headers of the signature' },
  stale: { says: 'Rightly signed, at another time', value: SECONDS },
} as const

export const WECHATPAY_FAULTS = {
  api: {
    ...LINE_FAULTS,
    main_host_down: { says: 'The main address drops the connection; the one by number answers' },
    system_error: { says: '500 SYSTEM_ERROR, nothing was done' },
    system_error_after: { says: '500 SYSTEM_ERROR, but it was done' },
    limited: { says: '429 FREQUENCY_LIMITED, nothing was done' },
    limited_after: { says: '429 FREQUENCY_LIMITED, but it was done' },
    ...SIGNATURE_FAULTS,
    tampered: { says: 'The answer is altered after signing' },
    unsigned_error: { says: 'Unsigned 500 SYSTEM_ERROR, nothing was done' },
    unsigned_not_exist: { says: 'Unsigned 404 ORDER_NOT_EXIST, nothing was done' },
    says_unpaid: { says: 'Query: signed answer says NOTPAY of a paid order' },
    wrong_amount: { says: 'Query: signed answer says another total', value: { unit: 'fen', usual: -1 } },
    other_order: { says: 'Query: signed answer is about another order' },
    refund_abnormal: { says: 'Refund: is accepted and ends ABNORMAL' },
    refund_closed: { says: 'Refund: is accepted and ends CLOSED' },
    refund_stuck: { says: 'Refund: is accepted and stays PROCESSING' },
  },
  notify: {
    ...DELIVERY_FAULTS,
    ...SIGNATURE_FAULTS,
    tampered: { says: 'One character of the ciphertext is altered after signing' },
    bad_tag: { says: 'One character of the ciphertext is altered before signing' },
    other_api_key: { says: 'Sealed with another APIv3 key, rightly signed' },
    bad_nonce: { says: 'The nonce of the cipher is too short, rightly signed' },
    no_json: { says: 'A body that is no JSON, rightly signed' },
    wrong_amount: { says: 'Another total, or another refund; rightly signed', value: { unit: 'fen', usual: -1 } },
    other_currency: { says: 'Another currency, rightly signed' },
    other_merchant: { says: 'The mchid of another merchant, rightly signed' },
    other_app: { says: 'The appid of another account, rightly signed' },
    other_order: { says: 'The out_trade_no of no order, rightly signed' },
    not_success: { says: 'Says NOTPAY, or PROCESSING of a refund, under an event of success; rightly signed' },
    unknown_event: { says: 'An event_type that no document knows, rightly signed' },
    unknown_field: { says: 'A field that no document knows, inside and outside the seal' },
  },
  bill: {
    missing_row: { says: 'The last row is left out' },
    extra_row: { says: 'One row more than there was' },
    doubled_row: { says: 'The first row twice' },
    wrong_amount: { says: 'The first amount is altered', value: { unit: 'fen', usual: 1 } },
    wrong_fee: { says: 'The first fee is altered', value: { unit: 'fen', usual: 1 } },
    wrong_footer: { says: 'The footer counts one row more than there are' },
    wrong_hash: { says: 'The hash does not match the file' },
    cut: { says: 'The file ends in the middle' },
    other_merchant: { says: 'The bill of another merchant' },
  },
} as const satisfies FaultKinds

export type ApiFault = keyof (typeof WECHATPAY_FAULTS)['api']
export type NotifyFault = keyof (typeof WECHATPAY_FAULTS)['notify']
export type BillFault = keyof (typeof WECHATPAY_FAULTS)['bill']
