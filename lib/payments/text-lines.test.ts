import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DamagedFile } from './damaged-file.ts'
import { readTextLines } from './text-lines.ts'

async function* inChunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const readAll = async (bytes: Uint8Array, size: number, charset: 'utf-8' | 'gb18030' = 'utf-8') =>
  (await Array.fromAsync(readTextLines(inChunks(bytes, size), charset))).flat()

test('lines are the same however the bytes are cut', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', ',', '青', '𠮷', '"', ' ') })
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\r\n`).join(''))
      expect(await readAll(bytes, size)).toEqual(lines)
    }),
  )
})

test('a mark of the byte order is no text, and the last line may have no end', async () => {
  expect(await readAll(Buffer.from('\ufeffa\nb\r\nc'), 2)).toEqual(['a', 'b', 'c'])
})

test('GBK over the edges of chunks', async () => {
  expect(await readAll(Buffer.from('d2d0a3ac0d0acad0', 'hex'), 1, 'gb18030')).toEqual(['倚，', '市'])
})

test.each([
  ['bytes that are no text', Buffer.from('61ff0a', 'hex')],
  ['a character that was cut', Buffer.from('青').subarray(0, 2)],
  ['a line without an end', Buffer.alloc(200_000, 'a')],
])('%s are refused', async (_, bytes) => {
  await expect(readAll(bytes, 65_536)).rejects.toThrow(DamagedFile)
})
