import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test, vi } from 'vitest'
import { makePhotoSizes } from './photo-sizes.ts'

const folder = mkdtempSync(join(tmpdir(), 'photos-'))
// Settings are read when a module loads, and other files of this process have other ones.
vi.resetModules()
vi.stubEnv('DATABASE_URL', 'postgres://nobody@localhost/none')
vi.stubEnv('PHOTOS_DIR', folder)
const { cutAnew, readOriginal, takeUpload } = await import('./photo-store.ts')
afterAll(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
  rmSync(folder, { recursive: true })
})

/** A camera's picture: left half red, right half blue, and the camera held upright. */
const fromCamera = () =>
  sharp({ create: { width: 1600, height: 1000, channels: 3, background: '#cc2010' } })
    .composite([
      { input: { create: { width: 800, height: 1000, channels: 3, background: '#1020cc' } }, left: 800, top: 0 },
    ])
    .withMetadata({ orientation: 6, exif: { IFD0: { Artist: 'Somebody' } } })
    .jpeg()
    .toBuffer()

test('what is there stays, what is missing is made, as it came with the shop', async () => {
  const name = 'round-teapot-celadon'
  const own = join(folder, 'own')
  for (const width of ['384', '828', '1200'])
    cpSync(`public/photos/${width}/${name}.avif`, `${own}/${width}/${name}.avif`)
  const picture = `public/photos/${name}.webp`
  expect(await makePhotoSizes(picture, { folder: own, name })).toBe(1)
  expect(readFileSync(`${own}/shared/${name}.jpg`).equals(readFileSync(`public/photos/shared/${name}.jpg`))).toBe(true)
  expect(await makePhotoSizes(picture, { folder: own, name })).toBe(0)
})

test('an upload becomes a square in every size, upright and without what the camera knew', async () => {
  const taken = await takeUpload(await fromCamera(), 'tall-vase')
  if (!taken.ok) throw new Error(taken.error.code)
  const { file, original, crop, blur, colour } = taken.value
  expect(file).toMatch(/^tall-vase-[0-9a-f]{16}\.webp$/)
  expect(crop).toEqual({ left: 0, top: 1875, size: 10_000 })
  expect(colour).toMatch(/^#[0-9a-f]{6}$/)
  const placeholder = await sharp(Buffer.from(blur.split(',')[1] ?? '', 'base64')).metadata()
  expect(placeholder).toMatchObject({ format: 'webp', width: 16, height: 16 })

  const stem = file.replace('.webp', '')
  for (const width of [384, 828, 1200])
    expect(await sharp(join(folder, `${width}/${stem}.avif`)).metadata()).toMatchObject({ width, height: width })
  const kept = await sharp(await readOriginal(original)).metadata()
  expect(kept).toMatchObject({ width: 1000, height: 1600 })
  expect(kept.exif).toBeUndefined()

  const above = await cutAnew(original, { left: 0, top: 0, size: 10_000 }, 'tall-vase')
  if (!above.ok) throw new Error(above.error.code)
  expect(above.value.file).not.toBe(file)
  expect(above.value.original).toBe(original)
  expect(await cutAnew(original, { left: 0, top: 0, size: 5000 }, 'tall-vase')).toMatchObject({
    error: { code: 'too_small' },
  })
})

const png = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#888888' } })
    .png()
    .toBuffer()

test.each([
  [
    'words',
    async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'),
    'no_picture',
  ],
  ['nothing', async () => Buffer.alloc(0), 'no_picture'],
  ['half of a picture', async () => (await fromCamera()).subarray(0, 4000), 'no_picture'],
  ['one that is too small', () => png(2000, 700), 'too_small'],
  ['one that unpacks to far too much', () => png(9000, 9000), 'too_many_pixels'],
])('%s is refused, and nothing is left behind', async (_, upload, code) => {
  const before = readdirSync(folder, { recursive: true })
  expect(await takeUpload(await upload(), 'vase')).toMatchObject({ ok: false, error: { code } })
  expect(readdirSync(folder, { recursive: true })).toEqual(before)
})
