import { mkdtempDisposableSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { DamagedFile } from './damaged-file.ts'
import { makeZip } from './testing/make-zip.ts'
import { listZip, unpackEntry } from './zip-file.ts'

const LIMIT = 1_000_000
const name = Buffer.from('业务明细.csv')
const content = Buffer.from('一行\r\n'.repeat(100_000))
const folder = mkdtempDisposableSync(join(tmpdir(), 'zip-'))
afterAll(() => folder.remove())

/** Every file of the archive, or what is wrong with it. */
async function readZip(zip: Uint8Array): Promise<[string, string][] | string> {
  const path = join(folder.path, 'archive.zip')
  await writeFile(path, zip)
  await using file = await open(path)
  try {
    const files: [string, string][] = []
    for (const entry of await listZip(file, LIMIT)) {
      const chunks = await Array.fromAsync(unpackEntry(file, entry))
      files.push([Buffer.from(entry.name).toString(), Buffer.concat(chunks).toString()])
    }
    return files
  } catch (error) {
    if (error instanceof DamagedFile) return error.message
    throw error
  }
}

test('deflated and stored files, with a comment behind', async () => {
  const zip = makeZip(
    [
      { name, content },
      { name: Buffer.from('b'), content: Buffer.from('abc'), isStored: true },
      { name: Buffer.from('c'), content: Buffer.alloc(0), isStored: true },
      { name, content: Buffer.alloc(0) },
    ],
    'a comment',
  )
  expect(await readZip(zip)).toEqual([
    ['业务明细.csv', content.toString()],
    ['b', 'abc'],
    ['c', ''],
    ['业务明细.csv', ''],
  ])
})

test('a bomb is not unpacked', async () => {
  const bomb = makeZip([{ name, content: Buffer.alloc(LIMIT + 1) }])
  expect(bomb.length).toBeLessThan(2000)
  expect(await readZip(bomb)).toBe('the archive unpacks to too much')
  const lying = Buffer.from(bomb)
  lying.writeUInt32LE(10, lying.indexOf(Buffer.from('504b0102', 'hex')) + 24)
  expect(await readZip(lying)).toBe('a file of the archive is longer than it says')
})

test('what is damaged or cut is refused, whatever byte it is', async () => {
  const zip = makeZip([{ name, content }])
  await fc.assert(
    fc.asyncProperty(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const damaged = Buffer.from(zip)
      damaged[at] = (damaged[at] ?? 0) ^ flip
      const read = await readZip(damaged)
      // Dates, flags and names are not protected by anything; contents are.
      if (typeof read !== 'string') for (const [, text] of read) expect(text === content.toString()).toBe(true)
      expect(await readZip(zip.subarray(0, at))).toBeTypeOf('string')
    }),
    { numRuns: 500 },
  )
})

test('HTML in the place of an archive', async () => {
  expect(await readZip(Buffer.from('<html>502</html>'))).toBe('it is not a ZIP archive')
})
