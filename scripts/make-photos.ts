// Makes the sizes in which the shop shows the photographs that come with it: `npm run photos:make`, after one was
// added to public/photos. They are committed, so that no visitor waits for, and no server pays for, an encoder.
import { readdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { makePhotoSizes } from '#lib/photos/photo-sizes.ts'

const PHOTOS = 'public/photos'

const files = (await readdir(PHOTOS)).filter((file) => file.endsWith('.webp'))
let made = 0
for (const file of files) {
  const { name } = parse(file)
  made += await makePhotoSizes(join(PHOTOS, file), { folder: PHOTOS, name, scene: name.startsWith('hero-') })
}
console.log(`${files.length} photographs, ${made} pictures made`)
