/** What WeChat Pay rejects: control characters, halves of pairs, and what takes four bytes, such as emoji. */
const REJECTED = /[\p{Cc}\p{Cs}\u{10000}-\u{10ffff}]+/gu

/** A text that WeChat Pay takes, of at most `maxBytes` in UTF-8, with no letter cut in two. */
export function cleanText(text: string, maxBytes: number): string {
  const clean = text.replace(REJECTED, ' ').replace(/ {2,}/g, ' ').trim()
  let bytes = 0
  let end = 0
  for (const letter of clean) {
    bytes += Buffer.byteLength(letter)
    if (bytes > maxBytes) break
    end += letter.length
  }
  return clean.slice(0, end).trimEnd()
}
