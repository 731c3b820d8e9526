const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const GB18030 = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true })

/** The names that Alipay uses; GBK and GB2312 are read as GB18030, which contains them. */
const DECODERS: ReadonlyMap<string, TextDecoder> = new Map([
  ['utf-8', UTF_8],
  ['utf8', UTF_8],
  ['gbk', GB18030],
  ['gb2312', GB18030],
  ['gb18030', GB18030],
])

/** Text of `bytes`, or null when the charset is not one of ours or the bytes are not valid in it. */
export function decodeText(bytes: Uint8Array, charset: string): string | null {
  const decoder = DECODERS.get(charset.toLowerCase())
  if (!decoder) return null
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
