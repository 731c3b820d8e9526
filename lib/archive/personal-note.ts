import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isSigned, signBytes } from './signing.ts'
import { WrongArchive } from './wrong-archive.ts'

const NOTE = 'personal.json'

/**
 * What the files of personal fields are now, and what was erased from them; signed anew by each erasure. So that what
 * was erased by right can be told from what somebody took away.
 */
const PersonalNote = z.strictObject({
  month: z.string(),
  files: z.record(z.string(), z.strictObject({ sha256: z.string(), bytes: z.int(), rows: z.int() })),
  erased: z.array(z.strictObject({ order: z.string(), at: z.iso.datetime(), rows: z.int() })),
})
export type PersonalNote = z.output<typeof PersonalNote>

/** Note and signature are one file, so that no moment has the one without the other. */
const Signed = z.strictObject({ note: z.string(), signature: z.string() })

export function writePersonalNote(folder: string, note: PersonalNote, key: KeyObject): void {
  const text = JSON.stringify(note)
  const path = join(folder, NOTE)
  const signed = { note: text, signature: signBytes(Buffer.from(text), key) }
  writeFileSync(`${path}.unfinished`, `${JSON.stringify(signed)}\n`, { flush: true, mode: 0o600 })
  renameSync(`${path}.unfinished`, path)
}

/** @throws {WrongArchive} where it is missing, or not signed by one of these keys. */
export function readPersonalNote(folder: string, keys: readonly KeyObject[]): PersonalNote {
  const path = join(folder, NOTE)
  if (!existsSync(path)) throw new WrongArchive(path, null, 'it is missing')
  const signed = parse(readFileSync(path, 'utf8'))
  if (!signed || !isSigned(Buffer.from(signed.note), signed.signature, keys))
    throw new WrongArchive(path, null, 'its signature is not one of the keys at hand')
  return PersonalNote.parse(JSON.parse(signed.note))
}

/** Exactly as it is written: a changed blank is a change. */
function parse(text: string): z.output<typeof Signed> | null {
  try {
    const signed = Signed.parse(JSON.parse(text))
    return `${JSON.stringify(signed)}\n` === text ? signed : null
  } catch {
    return null
  }
}
