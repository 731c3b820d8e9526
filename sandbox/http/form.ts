/** A name and a value as bytes: which characters they are is known only once the charset is. */
export interface FormField {
  readonly name: Buffer
  readonly value: Buffer
}

const HEX = /^[0-9a-f]{2}$/i

/** Undoes `application/x-www-form-urlencoded` once: `+` is a blank, `%xx` a byte, a stray `%` stays what it is. */
export function readForm(encoded: Uint8Array | string): FormField[] {
  const source = typeof encoded === 'string' ? encoded : Buffer.from(encoded).toString('latin1')
  return source
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
      return { name: undoPercent(name), value: undoPercent(value) }
    })
}

function undoPercent(source: string): Buffer {
  const bytes = Buffer.allocUnsafe(source.length)
  let length = 0
  for (let at = 0; at < source.length; at++) {
    const digits = source.slice(at + 1, at + 3)
    if (source[at] === '%' && HEX.test(digits)) {
      bytes[length++] = Number.parseInt(digits, 16)
      at += 2
    } else bytes[length++] = source[at] === '+' ? 0x20 : source.charCodeAt(at) & 0xff
  }
  return bytes.subarray(0, length)
}

const PLAIN_BYTE = /[A-Za-z0-9*._-]/

/** The reverse, byte by byte: blank as `+`, everything but letters, digits and `*._-` as `%XX`. */
export function writeForm(fields: Iterable<FormField>): string {
  return Array.from(fields, ({ name, value }) => `${percent(name)}=${percent(value)}`).join('&')
}

function percent(bytes: Buffer): string {
  let text = ''
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    if (byte === 0x20) text += '+'
    else if (PLAIN_BYTE.test(character)) text += character
    else text += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return text
}
