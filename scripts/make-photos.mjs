// Makes the sizes in which the shop shows its photographs: `node scripts/make-photos.mjs`, after one was added to
// public/photos. They are committed, so that no visitor waits for, and no server pays for, an encoder.
import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { parse } from 'node:path'
import sharp from 'sharp'

const PHOTOS = 'public/photos'
const PIECE_WIDTHS = [384, 828, 1200]
const SCENE_WIDTHS = [828, 1200, 1920]
/** Soft light and plain grounds: below this the glaze begins to smear. */
const AVIF = { quality: 58, effort: 4 }
/** For those who share a link: their robots know JPEG, not always AVIF. */
const SHARED = { folder: 'shared', width: 1200, jpeg: { quality: 72, mozjpeg: true } }

const files = (await readdir(PHOTOS)).filter((file) => file.endsWith('.webp'))
for (const folder of [...new Set([...PIECE_WIDTHS, ...SCENE_WIDTHS]), SHARED.folder]) {
  await mkdir(`${PHOTOS}/${folder}`, { recursive: true })
}

let made = 0
async function make(target, encode) {
  if (existsSync(target)) return
  await encode().toFile(target)
  made++
}

for (const file of files) {
  const { name } = parse(file)
  const scene = name.startsWith('hero-')
  for (const width of scene ? SCENE_WIDTHS : PIECE_WIDTHS) {
    await make(`${PHOTOS}/${width}/${name}.avif`, () => sharp(`${PHOTOS}/${file}`).resize(width).avif(AVIF))
  }
  if (scene) continue
  await make(`${PHOTOS}/${SHARED.folder}/${name}.jpg`, () =>
    sharp(`${PHOTOS}/${file}`).resize(SHARED.width).jpeg(SHARED.jpeg),
  )
}
console.log(`${files.length} photographs, ${made} pictures made`)
