const BLOCK = 512
/** More than any part of ours has: an announced length beyond it is damage, not a reason to take memory. */
const LONGEST_ENTRY = 64 * 1024 * 1024

const NAME_FIELD = 100
const PREFIX_FIELD = 155

export type TarEntry = { readonly name: string; readonly bytes: Uint8Array }

/** What is no tar, or a part of one: `part` names the entry that cannot be read. */
export class BrokenTar extends Error {
  readonly part: string
  constructor(part: string, reason: string) {
    super(reason)
    this.part = part
  }
}

/** Packs entries as POSIX tar (ustar), so that `tar x` opens a backup where this program is not at hand. */
export async function* packTar(entries: AsyncIterable<TarEntry>): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes } of entries) {
    yield header(name, bytes.length)
    yield bytes
    yield new Uint8Array(paddingAfter(bytes.length))
  }
  yield new Uint8Array(2 * BLOCK)
}

/**
 * Reads the entries of a tar one at a time.
 * @param onEntry is told the name of each before its bytes are read.
 * @throws {BrokenTar} for what is none, and where the end is missing.
 */
export async function* unpackTar(
  chunks: AsyncIterable<Uint8Array>,
  onEntry: (name: string) => void = () => undefined,
): AsyncGenerator<TarEntry> {
  const take = byteReader(chunks)
  let last = 'its beginning'
  for (;;) {
    const block = await take(BLOCK)
    if (!block) throw new BrokenTar(last, 'it ends too early')
    if (block.every((byte) => byte === 0)) break
    const { name, length } = readHeader(block, last)
    onEntry(name)
    const bytes = await take(length)
    const padding = await take(paddingAfter(length))
    if (!bytes || !padding) throw new BrokenTar(name, 'it ends too early')
    yield { name, bytes }
    last = name
  }
  const closing = await take(BLOCK)
  if (!closing?.every((byte) => byte === 0)) throw new BrokenTar('its end', 'the closing block is missing')
  if (await take(1)) throw new BrokenTar('its end', 'something follows the closing block')
}

const paddingAfter = (length: number) => (BLOCK - (length % BLOCK)) % BLOCK

function header(name: string, length: number): Uint8Array {
  // What is longer than the field for it stands in two, cut at a slash.
  const cut = name.length > NAME_FIELD ? name.indexOf('/', name.length - NAME_FIELD - 1) : -1
  const prefix = cut > 0 ? name.slice(0, cut) : ''
  const rest = name.slice(cut + 1)
  if (rest.length > NAME_FIELD || prefix.length > PREFIX_FIELD || length > LONGEST_ENTRY)
    throw new Error(`${name} (${length} bytes) does not fit into a tar`)
  const block = Buffer.alloc(BLOCK)
  block.write(rest, 0)
  block.write(prefix, 345)
  block.write('0000600\0', 100)
  block.write('0000000\0', 108)
  block.write('0000000\0', 116)
  block.write(`${length.toString(8).padStart(11, '0')}\0`, 124)
  block.write('00000000000\0', 136)
  block.write('0', 156)
  block.write('ustar\u000000', 257)
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

/** The sum of all bytes, those of the checksum itself taken for blanks. */
const checksum = (block: Uint8Array) => block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0)

function readHeader(block: Uint8Array, after: string): { name: string; length: number } {
  const field = (from: number, to: number) =>
    Buffer.from(block.subarray(from, to)).toString('latin1').split('\0')[0]?.trim() ?? ''
  const length = Number.parseInt(field(124, 136), 8)
  const sound = Number.parseInt(field(148, 156), 8) === checksum(block) && field(257, 262) === 'ustar'
  if (!sound || !(length >= 0 && length <= LONGEST_ENTRY))
    throw new BrokenTar(`what follows ${after}`, 'it is not the head of a part')
  return { name: [field(345, 500), field(0, 100)].filter(Boolean).join('/'), length }
}

/** Hands out exactly as many bytes as one asks for, or null when there are fewer left. */
function byteReader(chunks: AsyncIterable<Uint8Array>): (length: number) => Promise<Uint8Array | null> {
  const iterator = chunks[Symbol.asyncIterator]()
  let held: Uint8Array[] = []
  let available = 0
  return async (length) => {
    while (available < length) {
      const next = await iterator.next()
      if (next.done) return null
      held.push(next.value)
      available += next.value.length
    }
    if (length === 0) return new Uint8Array()
    const all = Buffer.concat(held)
    held = available > length ? [all.subarray(length)] : []
    available -= length
    return all.subarray(0, length)
  }
}
