import { err, ok, type Result } from '../result.ts'

/** Fields by name, values as the bytes that travelled, in whatever charset they are. */
export type FormFields = ReadonlyMap<string, Uint8Array>
export type FormError = { readonly code: 'malformed'; readonly reason: string }

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/
const MAX_FIELDS = 200
const [PLUS, PERCENT, SPACE] = [0x2b, 0x25, 0x20]

/**
 * Splits a form and undoes its percent-encoding exactly once, byte by byte.
 * A name that comes twice is refused: two readers could take different ones of the two values.
 * @param plus what `+` stands for: a blank, as browsers write it, or itself, from senders that do not encode.
 */
export function parseFormBody(body: Uint8Array, plus: 'blank' | 'itself' = 'blank'): Result<FormFields, FormError> {
  const fields = new Map<string, Uint8Array>()
  const blank = plus === 'blank' ? SPACE : PLUS
  for (const pair of Buffer.from(body).toString('latin1').split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = equals < 0 ? pair : pair.slice(0, equals)
    if (!NAME.test(name)) return err({ code: 'malformed', reason: 'a field has a strange name' })
    if (fields.has(name)) return err({ code: 'malformed', reason: `the field ${name} comes twice` })
    if (fields.size === MAX_FIELDS) return err({ code: 'malformed', reason: 'too many fields' })
    fields.set(
      name,
      equals < 0 ? new Uint8Array() : percentDecode(Buffer.from(pair.slice(equals + 1), 'latin1'), blank),
    )
  }
  return ok(fields)
}

/** As browsers do it: a `%` without two hex digits stands for itself, so that nothing here can throw. */
function percentDecode(encoded: Uint8Array, blank: number): Uint8Array {
  const decoded = new Uint8Array(encoded.length)
  let length = 0
  for (let at = 0; at < encoded.length; at++) {
    const byte = encoded[at] ?? 0
    const high = byte === PERCENT ? hexDigit(encoded[at + 1]) : -1
    const low = high < 0 ? -1 : hexDigit(encoded[at + 2])
    decoded[length++] = low >= 0 ? high * 16 + low : byte === PLUS ? blank : byte
    if (low >= 0) at += 2
  }
  return decoded.subarray(0, length)
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
