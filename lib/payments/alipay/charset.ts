/** The names that Alipay uses; GBK and GB2312 are read as GB18030, which contains them. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['gb18030', 'gb18030'],
])

/** Text of `bytes`, or null when the charset is not one of ours or the bytes are not valid in it. */
export function decodeText(bytes: Uint8Array, charset: string): string | null {
  const label = LABELS.get(charset.toLowerCase())
  if (label === undefined) return null
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
