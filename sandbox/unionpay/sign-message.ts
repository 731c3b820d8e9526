import type { Struck } from '../faults/fault-rules.ts'
import type { Charset } from '../http/charset.ts'
import type { FalseSigner, Signer } from './keys.ts'
import type { UnionpayRoom } from './room.ts'
import { signFields, signFieldsWeakly } from './signature.ts'

export type Field = readonly [name: string, value: string]

/** A message as it leaves: fields in the order of sending, in a charset. */
export interface SignedMessage {
  readonly fields: readonly Field[]
  readonly charset: Charset
}

export const OTHER_MERCHANT_ID = '777290000000002'

/** Signs as the gateway does, names in their order, certificate and signature at the end; or as a fault wants it. */
export function signMessage(
  room: UnionpayRoom,
  truth: ReadonlyMap<string, string>,
  { charset: usual, struck }: { charset: Charset; struck: Struck },
): SignedMessage {
  const told = falsify(room, truth, struck)
  const charset: Charset = struck.has('gbk') ? 'gbk' : usual
  const sorted = [...told].sort(([a], [b]) => (a < b ? -1 : 1))
  return { fields: alterAfterSigning(addSignature(room, sorted, charset, struck), struck), charset }
}

/** Faults that a right signature covers. */
function falsify(room: UnionpayRoom, truth: ReadonlyMap<string, string>, struck: Struck): Map<string, string> {
  const told = new Map(truth)
  const replace = (name: string, value: string) => told.has(name) && told.set(name, value)
  const fen = struck.get('wrong_amount')
  if (fen !== undefined) replace('txnAmt', alterAmount(told.get('txnAmt'), fen))
  const discount = struck.get('discount')
  if (discount !== undefined) replace('settleAmt', alterAmount(told.get('settleAmt'), discount))
  if (struck.has('other_merchant')) told.set('merId', OTHER_MERCHANT_ID)
  if (struck.has('other_order')) replace('orderId', `NOBODY${room.ids.digits(12)}`)
  if (struck.has('other_currency')) replace('currencyCode', '840')
  if (struck.has('flawed')) told.set('respCode', 'A6')
  if (struck.has('failed')) told.set('respCode', '01').set('respMsg', '交易失败[1000001]')
  if (struck.has('unknown_field')) told.set('newField2027', '新字段 a+b=50%')
  if (struck.has('gbk')) told.set('encoding', 'GBK')
  if (struck.has('sha1')) told.set('version', '5.0.0')
  return told
}

const alterAmount = (amount: string | undefined, fen: number): string => (BigInt(amount ?? 0) + BigInt(fen)).toString()

const FALSE_SIGNERS: readonly FalseSigner[] = [
  'foreign_certificate',
  'wrong_name',
  'expired_certificate',
  'future_certificate',
]

function signerFor({ keys }: UnionpayRoom, struck: Struck): Signer {
  const pretender = FALSE_SIGNERS.find((name) => struck.has(name))
  if (pretender) return keys.falseSigners[pretender]
  const signer = keys.signer()
  if (struck.has('other_key')) return { ...signer, privateKey: keys.strangerKey }
  if (struck.has('swapped_certificate'))
    return { ...signer, certificatePem: keys.falseSigners.wrong_name.certificatePem }
  return signer
}

function addSignature(room: UnionpayRoom, told: readonly Field[], charset: Charset, struck: Struck): Field[] {
  const { certificatePem, privateKey } = signerFor(room, struck)
  if (struck.has('sha1')) return [...told, ['signature', signFieldsWeakly(new Map(told), charset, privateKey)]]
  const fields: Field[] = [...told, ['signPubKeyCert', certificatePem]]
  if (struck.has('unsigned') || struck.has('unsigned_not_found')) return fields
  return [...fields, ['signature', signFields(new Map(fields), charset, privateKey)]]
}

/** Faults that the signature must reveal; the empty field is the one that it must not mind. */
function alterAfterSigning(fields: readonly Field[], struck: Struck): Field[] {
  const altered = fields.map(([name, value]): Field => {
    if (name === 'signature' && struck.has('bad_signature')) return [name, flipFirst(value)]
    if (name === 'signPubKeyCert' && struck.has('line_ends')) return [name, value.replaceAll('\r\n', '\n')]
    return struck.has('tampered') && name === tamperedName(fields) ? [name, alterAmount(value, 1)] : [name, value]
  })
  if (struck.has('empty_field')) altered.push(['reserved', ''])
  if (struck.has('doubled_field')) altered.push(['respCode', '01'])
  return altered
}

/** An answer that names no amount has at least a code. */
const tamperedName = (fields: readonly Field[]): string =>
  fields.some(([name]) => name === 'txnAmt') ? 'txnAmt' : 'txnTime'

const flipFirst = (signature: string): string => (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
