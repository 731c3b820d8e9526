/** What nobody needs to see to understand a message: signatures, sealed parts, whose account or card it was. */
const SECRET =
  /sign(?!_?type|method)|ciphertext|cert|token|secret|password|openid|buyer_|payer|user_?id|account|acc_?no|card|phone|email|customer/i
const SHOWN_AT_MOST = 60
const VALUE_AT_MOST = 400

export type MessageField = { readonly name: string; readonly value: string }

/** A value that is masked still tells whether it was there and whether two are the same length. */
const masked = (value: string) => (value === '' ? '' : `••• (${value.length})`)

const shown = (name: string, value: string): MessageField => ({
  name,
  value: SECRET.test(name) ? masked(value) : value.slice(0, VALUE_AT_MOST),
})

/**
 * A message of a provider as it was stored, field by field, with what is secret or personal masked. A body that is no
 * form and no JSON is told by its length.
 */
export function readMessage(body: Uint8Array, headers: Readonly<Record<string, string>>): readonly MessageField[] {
  const text = new TextDecoder().decode(body)
  const told = Object.entries(headers).map(([name, value]) => shown(name, value))
  return [...told, ...readBody(text)].slice(0, SHOWN_AT_MOST)
}

function readBody(text: string): readonly MessageField[] {
  if (text.trimStart().startsWith('{')) {
    try {
      return flatten(JSON.parse(text), '')
    } catch {
      return [{ name: 'body', value: masked(text) }]
    }
  }
  if (!/^[^=&\s]+=/.test(text)) return text === '' ? [] : [{ name: 'body', value: masked(text) }]
  return [...new URLSearchParams(text)].map(([name, value]) => shown(name, value))
}

function flatten(value: unknown, path: string): readonly MessageField[] {
  if (value === null || typeof value !== 'object') return [shown(path, String(value))]
  return Object.entries(value).flatMap(([name, inner]) => flatten(inner, path === '' ? name : `${path}.${name}`))
}
