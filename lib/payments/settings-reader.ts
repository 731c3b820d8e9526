export type PaymentsMode = 'sandbox' | 'production'

/** What every provider is configured with besides its own settings. */
export type PaymentsContext = {
  readonly mode: PaymentsMode
  /** Where the world reaches the shop, without a slash at the end. */
  readonly publicUrl: string
  readonly clock: () => Date
}

/** A setting and where it came from, so that a complaint can name it. */
export type Setting = { readonly text: string; readonly origin: string }

export type SettingsReader = {
  /** The trimmed value of `name`, or null when it is unset or blank. */
  value(name: string): string | null
  /** The same, or the content of the file that `<name>_FILE` points to. */
  secret(name: string): Setting | null
  /** The same for what is no text: bytes in base64, or those of the file. */
  binary(name: string): { readonly bytes: Uint8Array; readonly origin: string } | null
  /** Notes one thing that is not right, as a sentence. */
  complain(sentence: string): void
  /** True when any setting whose name begins with `prefix` is there. */
  hasAny(prefix: string): boolean
  readonly complaints: readonly string[]
}

/** Blanks and invisible characters that come along when a value is copied from a web page. */
const EDGES = /^[\s\u200b-\u200d\u2060\ufeff]+|[\s\u200b-\u200d\u2060\ufeff]+$/g

/** @param readFile throws when there is no such file, as `readFileSync` does. */
export function createSettingsReader(
  values: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => Uint8Array,
): SettingsReader {
  const complaints: string[] = []
  const value = (name: string) => values[name]?.replace(EDGES, '') || null

  function readSecret<T>(name: string, inline: (text: string) => T, file: (content: Uint8Array) => T) {
    const [text, path] = [value(name), value(`${name}_FILE`)]
    if (text !== null && path !== null) complaints.push(`${name} and ${name}_FILE are both set; keep one.`)
    if (text !== null) return { content: inline(text), origin: name }
    if (path === null) return null
    try {
      return { content: file(readFile(path)), origin: `${name}_FILE (${path})` }
    } catch {
      complaints.push(`${name}_FILE points to ${path}, which cannot be read.`)
      return null
    }
  }
  function secret(name: string): Setting | null {
    const read = readSecret(name, String, (content) => new TextDecoder().decode(content))
    return read && { text: read.content, origin: read.origin }
  }
  function binary(name: string) {
    const read = readSecret<Uint8Array>(
      name,
      (text) => Buffer.from(text, 'base64'),
      (content) => content,
    )
    return read && { bytes: read.content, origin: read.origin }
  }

  return {
    value,
    secret,
    binary,
    complaints,
    complain: (sentence) => complaints.push(sentence),
    hasAny: (prefix) => Object.keys(values).some((name) => name.startsWith(prefix) && value(name) !== null),
  }
}
