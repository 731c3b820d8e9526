/** Names under which providers tell who paid: what a person needs to understand a message is never among them. */
const PERSONAL =
  /^(buyer_.*|payer_.*|openid|sub_openid|accno|account|payer|phone.*|mobile.*|customerinfo|receipt_data|fund_bill_list|idcard|certifid|cardnumber)$/i
/** Long and of no use to the eye; the signature was judged when the message came. */
const SHORTENED = /^(sign|signature|signpubkeycert|ciphertext|wechatpay-signature)$/i
const SHOWN_OF_LONG = 24

export type EvidenceField = { readonly name: string; readonly value: string }

function masked(name: string, value: string): string {
  if (PERSONAL.test(name)) return value === '' ? '' : '•••'
  return SHORTENED.test(name) && value.length > SHOWN_OF_LONG ? `${value.slice(0, SHOWN_OF_LONG)}…` : value
}

/**
 * A message as its fields, in their order, with what tells who paid covered and signatures cut. What is neither a form
 * nor JSON is one field without a name.
 * @param contentType as the message said it.
 */
export function maskEvidence(contentType: string, body: string): readonly EvidenceField[] {
  if (contentType.includes('json')) {
    const parsed = parseJson(body)
    if (parsed !== null) return fieldsOf('', parsed)
  } else if (body.includes('=')) {
    return body.split('&').map((pair) => {
      const [name = '', ...rest] = pair.split('=')
      const key = decode(name)
      return { name: key, value: masked(key, decode(rest.join('='))) }
    })
  }
  return [{ name: '', value: body }]
}

/** Headers by the same rules. */
export const maskHeaders = (headers: Readonly<Record<string, string>>): readonly EvidenceField[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value: masked(name, value) }))

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** Nested values under the path to them: `resource.nonce`. A personal name covers all that is below it. */
function fieldsOf(path: string, value: unknown): readonly EvidenceField[] {
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (typeof value !== 'object' || value === null) return [{ name: path, value: masked(name, String(value)) }]
  if (PERSONAL.test(name)) return [{ name: path, value: '•••' }]
  return Object.entries(value).flatMap(([key, part]) => fieldsOf(path === '' ? key : `${path}.${key}`, part))
}

/** A form that is not encoded well is shown as it came. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
