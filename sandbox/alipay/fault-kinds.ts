import { DELIVERY_FAULTS, type FaultKinds, LINE_FAULTS } from '../faults/fault-kinds.ts'

export const ALIPAY_FAULTS = {
  api: {
    ...LINE_FAULTS,
    unknown_before: { says: '20000 isp.unknow-error, nothing was done' },
    unknown_after: { says: '20000 isp.unknow-error, but it was done' },
    system_error: { says: 'ACQ.SYSTEM_ERROR, nothing was done' },
    call_limited: { says: '40005 Call Limited, nothing was done' },
    bad_signature: { says: 'The signature does not match the answer' },
    other_key: { says: 'Signed with a key that is not the gateway’s' },
    unsigned: { says: 'The answer carries no signature' },
    unsigned_not_exist: { says: 'Unsigned ACQ.TRADE_NOT_EXIST, nothing was done' },
    gbk_error: { says: 'Unsigned error_response in GBK, nothing was done' },
    says_unpaid: { says: 'Query: signed answer says WAIT_BUYER_PAY of a paid trade' },
    not_done: { says: 'Refund: 10000 with fund_change N, nothing was done' },
  },
  notify: {
    ...DELIVERY_FAULTS,
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
} as const satisfies FaultKinds

export type ApiFault = keyof (typeof ALIPAY_FAULTS)['api']
export type NotifyFault = keyof (typeof ALIPAY_FAULTS)['notify']
export type BillFault = keyof (typeof ALIPAY_FAULTS)['bill']
