import { err, ok, type Result } from '../../result.ts'

/** An answer of the gateway, taken apart without changing a byte of what was signed. */
export type RawResponse = {
  /** The value as it came: an object with its braces, or a string with its quotes when the content is encrypted. */
  readonly content: string
  readonly sign: string | null
  readonly certSn: string | null
  /** `error_response`: refused before the method was looked at. */
  readonly isGatewayError: boolean
}

const BLANK = /[ \t\r\n]*/y
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const SCALAR = /[^,{}[\]"\s]+/y

/**
 * Finds the signed part of an answer by walking over its first level. Alipay signs the text as it wrote it, with its
 * own blanks and `\/`, so parsing and printing again would break the signature; and since a value may contain `"sign"`,
 * searching for that would find the wrong one.
 * @param rootName such as `alipay_trade_query_response`.
 */
export function takeApart(text: string, rootName: string): Result<RawResponse, { code: 'malformed'; reason: string }> {
  const members = readMembers(text)
  if (!members) return err({ code: 'malformed', reason: 'the answer is not one JSON object with unique names' })
  const own = members.get(rootName)
  const content = own ?? members.get('error_response')
  if (content === undefined || !/^[{"]/.test(content)) {
    return err({ code: 'malformed', reason: `the answer has no ${rootName}` })
  }
  return ok({
    content,
    sign: readString(members.get('sign')),
    certSn: readString(members.get('alipay_cert_sn')),
    isGatewayError: own === undefined,
  })
}

function readMembers(text: string): ReadonlyMap<string, string> | null {
  const members = new Map<string, string>()
  let at = skip(text, 0)
  if (text[at] !== '{') return null
  do {
    at = skip(text, at + 1)
    const name = match(STRING, text, at)
    if (name === null) return null
    at = skip(text, at + name.length)
    if (text[at] !== ':') return null
    at = skip(text, at + 1)
    const value = matchValue(text, at)
    const key = readString(name)
    if (value === null || key === null || members.has(key)) return null
    members.set(key, value)
    at = skip(text, at + value.length)
  } while (text[at] === ',')
  return text[at] === '}' && skip(text, at + 1) === text.length ? members : null
}

function matchValue(text: string, at: number): string | null {
  if (text[at] !== '{' && text[at] !== '[') return match(STRING, text, at) ?? match(SCALAR, text, at)
  let depth = 0
  for (let end = at; end < text.length; end++) {
    const letter = text[end]
    if (letter === '"') {
      const string = match(STRING, text, end)
      if (string === null) return null
      end += string.length - 1
    } else if (letter === '{' || letter === '[') depth++
    else if ((letter === '}' || letter === ']') && --depth === 0) return text.slice(at, end + 1)
  }
  return null
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

const skip = (text: string, at: number): number => at + (match(BLANK, text, at)?.length ?? 0)

function readString(literal: string | undefined): string | null {
  try {
    const value: unknown = literal === undefined ? null : JSON.parse(literal)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}
