import { z } from 'zod'
import { type Charset, decodeText, readCharset } from '../http/charset.ts'
import { type FormField, readForm } from '../http/form.ts'
import type { Incoming } from '../http/messages.ts'
import type { Outcome } from './response-codes.ts'
import type { UnionpayRoom } from './room.ts'
import { verifyFields } from './signature.ts'
import { parseCompactTime } from './txn-time.ts'

/** All fields as they were sent, without the empty ones. */
export type RequestFields = ReadonlyMap<string, string>

/** The fields are there also when it is refused: the refusal repeats some of them. */
export interface ReadRequest {
  readonly fields: RequestFields
  readonly charset: Charset
  readonly refusal: Outcome | null
}

/** Checks everything that the gateway checks before it looks at the business: in the order in which it complains. */
export function readRequest(room: UnionpayRoom, incoming: Incoming): ReadRequest {
  const isForm = (incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  const sent = isForm ? readForm(incoming.body) : []
  const encoding = sent.find(({ name }) => name.toString('latin1') === 'encoding')?.value.toString('latin1')
  const charset = readCharset(encoding ?? 'utf-8')
  const { fields, repeated } = decodeFields(sent, charset ?? 'utf-8')
  const refusal: Outcome | null =
    isForm && charset && !repeated
      ? (complaintAbout(CommonFields, fields) ?? checkSignature(room, fields, charset))
      : { code: '10', detail: repeated ?? 'encoding' }
  return { fields, charset: charset ?? 'utf-8', refusal }
}

/** @returns with the name that occurs twice, if one does */
function decodeFields(sent: readonly FormField[], charset: Charset) {
  const fields = new Map<string, string>()
  let repeated: string | null = null
  for (const field of sent) {
    const name = decodeText(field.name, charset)
    const value = decodeText(field.value, charset)
    if (fields.has(name)) repeated = name
    if (value !== '') fields.set(name, value)
  }
  return { fields, repeated }
}

const Moment = z.string().refine((value) => parseCompactTime(value) !== null)

/** What every request must carry. The method is never chosen by the message: other versions and methods are refused. */
const CommonFields = z.object({
  version: z.literal('5.1.0'),
  encoding: z.string(),
  certId: z.string().regex(/^[1-9]\d{0,127}$/),
  signMethod: z.literal('01'),
  signature: z.string().max(1024),
  txnType: z.string().regex(/^\d{2}$/),
  txnSubType: z.string().regex(/^\d{2}$/),
  bizType: z.string().regex(/^\d{6}$/),
  accessType: z.literal('0'),
  merId: z.string().regex(/^[0-9A-Za-z]{15}$/),
  txnTime: Moment,
})

function checkSignature(room: UnionpayRoom, fields: RequestFields, charset: Charset): Outcome | null {
  if (fields.get('certId') !== room.keys.merchantCertId) return { code: '11', detail: 'certId' }
  if (!verifyFields(fields, charset, room.keys.merchantPublicKey)) return { code: '11' }
  return fields.get('merId') === room.merchant.merId ? null : { code: '31' }
}

/** What is wrong with the first field that is not as it should be: 13 when it is missing, 10 when it is malformed. */
function complaintAbout(schema: z.ZodType, fields: RequestFields): Outcome | null {
  const parsed = schema.safeParse(Object.fromEntries(fields))
  if (parsed.success) return null
  const field = String(parsed.error.issues[0]?.path[0] ?? '')
  return { code: fields.has(field) ? '10' : '13', detail: field }
}

/** The fields that a method works with, or the protocol's complaint. Fields that are not named here are signed and ignored. */
export function readFields<T>(
  schema: z.ZodType<T>,
  fields: RequestFields,
): { readonly value: T } | { readonly value?: undefined; readonly refusal: Outcome } {
  const parsed = schema.safeParse(Object.fromEntries(fields))
  if (parsed.success) return { value: parsed.data }
  return { refusal: complaintAbout(schema, fields) ?? { code: '10' } }
}
