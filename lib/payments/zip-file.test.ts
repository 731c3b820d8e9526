import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeZip } from './testing/make-zip.ts'
import { readZip } from './zip-file.ts'

const LIMIT = 1_000_000
const name = Buffer.from('业务明细.csv')
const content = Buffer.from('一行\r\n'.repeat(1000))

test('deflated and stored files, with a comment behind', () => {
  const zip = makeZip(
    [
      { name, content },
      { name: Buffer.from('b'), content, isStored: true },
      { name, content: Buffer.alloc(0) },
    ],
    'a comment',
  )
  const read = readZip(zip, LIMIT)
  expect(
    read.ok && read.value.map((entry) => [Buffer.from(entry.name).toString(), Buffer.from(entry.content).toString()]),
  ).toEqual([
    ['业务明细.csv', content.toString()],
    ['b', content.toString()],
    ['业务明细.csv', ''],
  ])
})

test('a bomb is not unpacked', () => {
  const bomb = makeZip([{ name, content: Buffer.alloc(LIMIT + 1) }])
  expect(bomb.length).toBeLessThan(2000)
  expect(readZip(bomb, LIMIT)).toEqual({
    ok: false,
    error: { code: 'bad_zip', reason: 'the archive unpacks to too much' },
  })
  const lying = Buffer.from(bomb)
  lying.writeUInt32LE(10, lying.indexOf(Buffer.from('504b0102', 'hex')) + 24)
  expect(readZip(lying, LIMIT)).toMatchObject({ ok: false })
})

test('what is damaged or cut is refused, whatever byte it is', () => {
  const zip = makeZip([{ name, content }])
  fc.assert(
    fc.property(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = Buffer.from(zip)
      damaged[at] = (damaged[at] ?? 0) ^ flip
      const read = readZip(damaged, LIMIT)
      // Dates, flags and names are not protected by anything; contents are.
      if (read.ok) for (const entry of read.value) expect(Buffer.from(entry.content).equals(content)).toBe(true)
      expect(readZip(zip.subarray(0, at), LIMIT).ok).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('HTML in the place of an archive', () => {
  expect(readZip(Buffer.from('<html>502</html>'), LIMIT)).toMatchObject({
    error: { reason: 'it is not a ZIP archive' },
  })
})
