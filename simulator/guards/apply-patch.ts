import { join, resolve } from 'node:path'
import type { Patch } from './guard.ts'

const project = resolve(import.meta.dirname, '../..')

/** The absolute path of the file that the patch is for. */
export const patchedFile = ({ file }: Patch): string => join(project, file)

/** The text without its protection. @throws {Error} when what is to be taken away is not there exactly once. */
export function applyPatch(text: string, { file, from, to }: Patch): string {
  const found = text.split(from).length - 1
  if (found !== 1) throw new Error(`${file} has ${found} times, not once: ${from}`)
  return text.replace(from, () => to)
}
