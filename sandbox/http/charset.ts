import iconv from 'iconv-lite'

export type Charset = 'utf-8' | 'gbk'

/** `charset` of a request or message; null when the gateway does not know it. gb2312 is read as its superset. */
export function readCharset(name: string): Charset | null {
  const lower = name.toLowerCase()
  if (lower === 'utf-8' || lower === 'utf8') return 'utf-8'
  return lower === 'gbk' || lower === 'gb2312' || lower === 'gb18030' ? 'gbk' : null
}

/** GBK is written as GB18030, which adds what GBK cannot say and changes nothing else. */
export function encodeText(text: string, charset: Charset): Buffer {
  return charset === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'gb18030')
}

export function decodeText(bytes: Uint8Array, charset: Charset): string {
  return new TextDecoder(charset === 'utf-8' ? 'utf-8' : 'gb18030', { ignoreBOM: true }).decode(bytes)
}
