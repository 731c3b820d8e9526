import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

// Settings are read when a module loads, and other files of this process have other ones.
vi.resetModules()
vi.stubEnv('DATABASE_URL', 'postgres://nowhere/none')
vi.stubEnv('PHOTOS_DIR', mkdtempSync(join(tmpdir(), 'photos-')))
const { dropPhotos, keepPhoto, readPhoto } = await import('./photo-files.ts')
afterAll(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

let photo: Buffer
beforeAll(async () => {
  photo = await sharp({ create: { width: 2400, height: 1200, channels: 3, background: '#8f3d22' } })
    .withExif({ IFD0: { Copyright: 'SECRET' }, IFD3: { GPSLatitude: '31/1 14/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
})

test('a photograph is kept upright and small, with nothing of what the camera wrote', async () => {
  const kept = await keepPhoto(photo)
  if (!kept.ok) throw new Error(kept.error.code)
  expect(kept.value).toMatchObject({ width: 1000, height: 2000, name: expect.stringMatching(/^[\w-]{43}$/) })
  const bytes = await readPhoto(kept.value.name)
  expect(bytes?.includes('SECRET')).toBe(false)
  expect(await sharp(bytes ?? Buffer.alloc(0)).metadata()).toMatchObject({ format: 'jpeg', width: 1000 })
  expect((await sharp(bytes ?? Buffer.alloc(0)).metadata()).exif).toBeUndefined()
  await dropPhotos([kept.value])
  expect(await readPhoto(kept.value.name)).toBeNull()
})

test('what hides behind a picture is gone with the drawing', async () => {
  const polyglot = Buffer.concat([photo, Buffer.from('<script>alert(1)</script>PK\x03\x04')])
  const kept = await keepPhoto(polyglot)
  const bytes = kept.ok ? await readPhoto(kept.value.name) : null
  expect(bytes).not.toBeNull()
  expect(bytes?.includes('script')).toBe(false)
})

/** The head of a PNG that says it is 50,000 pixels wide and high. */
function hugePng(): Buffer {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000008020000000000000000', 'hex')
  png.writeUInt32BE(50_000, 16)
  png.writeUInt32BE(50_000, 20)
  return png
}

test.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'no_picture'],
  ['a PDF', Buffer.from('%PDF-1.7\n'), 'no_picture'],
  ['text', Buffer.from('hello'), 'no_picture'],
  ['nothing', Buffer.alloc(0), 'no_picture'],
  ['HTML with the ending of a picture', Buffer.from('<html><img src=x onerror=alert(1)>'), 'no_picture'],
  ['a picture that is cut off', Buffer.from('ffd8ffe000104a46494600', 'hex'), 'no_picture'],
  ['more than ten megabytes', Buffer.alloc(10_000_001, 0xff), 'too_heavy'],
])('%s is refused', async (_, bytes, code) => {
  expect(await keepPhoto(bytes)).toEqual({ ok: false, error: { code } })
})

test('50,000 × 50,000 pixels are refused before they are drawn', async () => {
  const answer = await keepPhoto(hugePng())
  expect(answer.ok ? 'kept' : answer.error.code).toMatch(/too_many_pixels|no_picture/)
})

test.each(['../../etc/passwd', '', `${'a'.repeat(43)}/..`, 'x'])('no file is read by the name %j', async (name) => {
  expect(await readPhoto(name)).toBeNull()
})
