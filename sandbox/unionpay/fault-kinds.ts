import { DELIVERY_FAULTS, type FaultKind, type FaultKinds, LINE_FAULTS } from '../faults/fault-kinds.ts'

/** What can be wrong with the signature of any message: `sign-message.ts` does it. */
const SIGNATURE_FAULTS = {
  bad_signature: { says: 'One byte of the signature is altered' },
  tampered: { says: 'An amount or code is altered after signing' },
  unsigned: { says: 'Without signature' },
  other_key: { says: 'The gateway’s certificate, signed with a key that is not its own' },
  swapped_certificate: { says: 'Signed by the gateway, beside the certificate of another' },
  foreign_certificate: { says: 'Signed under the right name by a certificate that signed itself' },
  wrong_name: { says: 'Signed by another’s certificate of the same authority' },
  expired_certificate: { says: 'Signed with a certificate that has expired' },
  future_certificate: { says: 'Signed with a certificate that is not valid yet' },
  line_ends: { says: 'The certificate’s lines lose their CR on the way' },
  sha1: { says: 'version 5.0.0, signed with SHA-1 and without a certificate' },
  doubled_field: { says: 'respCode twice, the second altered' },
  unknown_field: { says: 'A field that no document knows, signed with the rest' },
  empty_field: { says: 'A field with an empty value, which no signature covers' },
  gbk: { says: 'encoding=GBK, bytes and signature in GBK' },
  other_merchant: { says: 'The merId of another merchant, rightly signed' },
  other_order: { says: 'The orderId of no order, rightly signed' },
  wrong_amount: { says: 'Another txnAmt, rightly signed', value: { unit: 'fen', usual: -1 } },
  other_currency: { says: 'currencyCode 840, rightly signed' },
} as const satisfies Record<string, FaultKind>

export const UNIONPAY_FAULTS = {
  api: {
    ...LINE_FAULTS,
    timed_out_before: { says: 'respCode 03 (time-out), nothing was done' },
    timed_out_after: { says: 'respCode 03 (time-out), but it was done' },
    unknown_after: { says: 'respCode 04 (state unknown), but it was done' },
    closed: { says: 'respCode 02 (system closed), nothing was done' },
    busy: { says: 'respCode 06 (system busy), nothing was done' },
    unsigned_not_found: { says: 'Unsigned respCode 34, nothing was done' },
    says_not_found: { says: 'Query: signed respCode 34 for a payment that is there' },
    says_unknown: { says: 'Query: signed origRespCode 04 for a payment that is paid' },
    not_done: { says: 'Refund, cancel: respCode 00, and it is never executed' },
    ...SIGNATURE_FAULTS,
  },
  notify: {
    ...DELIVERY_FAULTS,
    flawed: { says: 'respCode A6: a success with a flaw' },
    failed: { says: 'respCode 01: a failure, which the gateway should not notify' },
    discount: { says: 'settleAmt below txnAmt, rightly signed', value: { unit: 'fen', usual: -100 } },
    blank_for_plus: { says: 'The + of signature and certificate arrive as blanks' },
    ...SIGNATURE_FAULTS,
  },
  bill: {
    not_there: { says: 'respCode 98, although the day is over' },
    missing_row: { says: 'The last transaction is left out' },
    extra_row: { says: 'One transaction more than there was' },
    doubled_row: { says: 'The first line twice' },
    wrong_amount: { says: 'The first amount is altered', value: { unit: 'fen', usual: 1 } },
    wrong_fee: { says: 'The first service fee is altered', value: { unit: 'fen', usual: 1 } },
    cut_line: { says: 'The first line ends in the middle, the others follow' },
    cut: { says: 'The packed file ends in the middle' },
    other_merchant: { says: 'The file of another merchant' },
  },
} as const satisfies FaultKinds

export type ApiFault = keyof (typeof UNIONPAY_FAULTS)['api']
export type NotifyFault = keyof (typeof UNIONPAY_FAULTS)['notify']
export type BillFault = keyof (typeof UNIONPAY_FAULTS)['bill']
export type SignatureFault = keyof typeof SIGNATURE_FAULTS
