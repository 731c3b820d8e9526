import { err, ok, type Result } from '../../result.ts'
import { parseFormBody } from '../form-body.ts'
import { type Fields, signedText } from './signing.ts'

type Malformed = { readonly code: 'malformed'; readonly reason: string }
const malformed = (reason: string) => err({ code: 'malformed', reason })

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/

/**
 * The fields of what UnionPay posts, decoded exactly once. How the sender writes a blank is seen in the armour of the
 * certificate that every message brings: after `BEGIN+CERTIFICATE` a `+` is a blank everywhere, else it is itself, as
 * in the base64 of a body that was sent without encoding.
 */
export function readForm(body: Uint8Array): Result<Fields, Malformed> {
  const plus = Buffer.from(body).includes('BEGIN+CERTIFICATE') ? 'blank' : 'itself'
  const parsed = parseFormBody(body, plus)
  if (!parsed.ok) return parsed
  const fields = new Map<string, string>()
  for (const [name, value] of parsed.value) {
    const text = decode(value)
    if (text === null) return malformed(`the field ${name} is not in UTF-8`)
    fields.set(name, text)
  }
  return ok(fields)
}

/** The fields of an answer: one line, nothing encoded. `&` and `=` inside of `{}` and `[]` belong to the value. */
export function readAnswerLine(body: Uint8Array): Result<Fields, Malformed> {
  const line = decode(body)
  if (line === null) return malformed('the answer is not in UTF-8')
  return splitFields(line.trim())
}

/**
 * True when the signed text can be read in one way only. The text joins fields by `&` without marking where a value
 * ends, so a genuine text could be cut up into other fields than those that were signed, and the signature would hold.
 */
export function isUnambiguous(fields: Fields): boolean {
  const named = [...fields].filter(([name, value]) => name !== 'signature' && value !== '')
  const read = splitFields(signedText(named))
  return read.ok && read.value.size === named.length && named.every(([name, value]) => read.value.get(name) === value)
}

function splitFields(line: string): Result<Fields, Malformed> {
  const fields = new Map<string, string>()
  for (const pair of splitPairs(line)) {
    const equals = pair.indexOf('=')
    const name = equals < 0 ? pair : pair.slice(0, equals)
    if (!NAME.test(name) || equals < 0) return malformed('it is no line of fields')
    if (fields.has(name)) return malformed(`the field ${name} comes twice`)
    fields.set(name, pair.slice(equals + 1))
  }
  return ok(fields)
}

/** Brackets that do not close, as in a sentence, hold nothing together. */
function splitPairs(line: string): string[] {
  const pairs: string[] = []
  let [depth, start] = [0, 0]
  for (const { 0: letter, index } of line.matchAll(/[{}[\]&]/g)) {
    if (letter === '{' || letter === '[') depth++
    else if (letter !== '&') depth--
    else if (depth === 0) {
      pairs.push(line.slice(start, index))
      start = index + 1
    }
    if (depth < 0) break
  }
  return depth === 0 ? [...pairs, line.slice(start)] : line.split('&')
}

function decode(bytes: Uint8Array): string | null {
  try {
    return UTF_8.decode(bytes)
  } catch {
    return null
  }
}
