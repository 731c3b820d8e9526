import 'server-only'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'
import { unpackWoff } from './unpack-woff.ts'

export const FACES = ['sans', 'display'] as const
export type Face = (typeof FACES)[number]

/** One font file: what the paper embeds of it, and which characters it has. */
export type FontFile = { readonly name: string; readonly bytes: Buffer; readonly has: (character: string) => boolean }
export type DocumentFonts = Readonly<Record<Face, readonly FontFile[]>>

const HAN = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'
/** The first file that has a character sets it: the faces of the shop, then Chinese. */
const FILES: Readonly<Record<Face, readonly string[]>> = {
  sans: [
    '@fontsource/instrument-sans/files/instrument-sans-latin-400-normal.woff',
    '@fontsource/instrument-sans/files/instrument-sans-latin-ext-400-normal.woff',
    HAN,
  ],
  display: [
    '@fontsource/sorts-mill-goudy/files/sorts-mill-goudy-latin-400-normal.woff',
    '@fontsource/sorts-mill-goudy/files/sorts-mill-goudy-latin-ext-400-normal.woff',
    HAN,
  ],
}

let read: Promise<DocumentFonts> | null = null

/** The faces of a paper, read from the packages once in a process (11 MB, nearly all of it Chinese). */
export function documentFonts(): Promise<DocumentFonts> {
  read ??= readFonts().catch((error: unknown) => {
    read = null
    throw error
  })
  return read
}

async function readFonts(): Promise<DocumentFonts> {
  const files = new Map<string, FontFile>()
  for (const file of new Set(Object.values(FILES).flat())) files.set(file, await readFont(file))
  const ofFace = (face: Face) => FILES[face].flatMap((file) => files.get(file) ?? [])
  return { sans: ofFace('sans'), display: ofFace('display') }
}

async function readFont(file: string): Promise<FontFile> {
  const packed = await readFile(join(process.cwd(), 'node_modules', file))
  const bytes = file.endsWith('.woff') ? unpackWoff(packed) : packed
  const font = create(bytes) as Font
  return { name: file, bytes, has: (character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0) }
}
