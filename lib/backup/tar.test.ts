import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BrokenTar, packTar, type TarEntry, unpackTar } from './tar.ts'

const ENTRIES: TarEntry[] = [
  { name: 'contents.json', bytes: Buffer.from('{}\n') },
  { name: 'public.orders/000001.copy.gz', bytes: Buffer.alloc(1500, 7) },
  { name: `photos/1200/${'long-name-'.repeat(8)}0123456789.avif`, bytes: Buffer.alloc(9, 9) },
  { name: 'empty', bytes: new Uint8Array() },
  { name: 'whole', bytes: Buffer.alloc(1024, 1) },
]
async function* each<T>(values: readonly T[]) {
  yield* values
}
async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(values)
}
const packed = async () => Buffer.concat(await collect(packTar(each(ENTRIES))))
const pieces = (bytes: Buffer, size: number) =>
  each(Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size)))

test.each([1, 511, 512, 4096])('comes back whole in pieces of %i bytes', async (size) => {
  const back = await collect(unpackTar(pieces(await packed(), size)))
  expect(back.map(({ name, bytes }) => [name, Buffer.from(bytes)])).toEqual(
    ENTRIES.map(({ name, bytes }) => [name, Buffer.from(bytes)]),
  )
})

test('tar itself opens it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-tar-'))
  writeFileSync(join(folder, 'a.tar'), await packed())
  execFileSync('tar', ['-xf', 'a.tar'], { cwd: folder })
  for (const { name, bytes } of ENTRIES) expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true)
  rmSync(folder, { recursive: true })
})

test('cut off anywhere, it is refused', async () => {
  const whole = await packed()
  for (let end = 0; end < whole.length; end += 97)
    await expect(collect(unpackTar(pieces(whole.subarray(0, end), 4096)))).rejects.toThrow(BrokenTar)
})

test('with more behind its end, it is refused', async () => {
  const longer = Buffer.concat([await packed(), Buffer.from('x')])
  await expect(collect(unpackTar(pieces(longer, 4096)))).rejects.toThrow('something follows')
})
