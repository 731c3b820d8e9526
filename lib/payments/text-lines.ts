import { DamagedFile } from './damaged-file.ts'

const MAX_LINE_CHARACTERS = 65_536

/**
 * The lines of a text as it streams, all that a chunk completes at a time; they end in CR LF or LF.
 * @throws {DamagedFile} when the bytes are not text in `charset` (`latin1` takes any, a character for each byte), or a line does not end.
 */
export async function* readTextLines(
  bytes: AsyncIterable<Uint8Array>,
  charset: 'utf-8' | 'gb18030' | 'latin1',
): AsyncGenerator<readonly string[], void, undefined> {
  const decoder = new TextDecoder(charset, { fatal: true })
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decode(decoder, chunk)).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE_CHARACTERS) throw new DamagedFile('a line does not end')
    if (lines.length > 0) yield lines.map(withoutReturn)
  }
  rest += decode(decoder, null)
  if (rest !== '') yield [withoutReturn(rest)]
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

function decode(decoder: TextDecoder, chunk: Uint8Array | null): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch {
    throw new DamagedFile(`it is not text in ${decoder.encoding}`)
  }
}
