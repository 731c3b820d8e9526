import { openBackup } from './open-backup.ts'
import { isPhotoPart, putPhotoBack } from './photo-parts.ts'

/** Brings the photographs of a verified backup back where they are missing. @returns how many were. */
export async function putPhotosBack(
  folder: string,
  { file, identities }: { readonly file: string; readonly identities: readonly string[] },
): Promise<number> {
  let put = 0
  for await (const entry of openBackup(file, identities))
    if (isPhotoPart(entry.name) && (await putPhotoBack(folder, entry))) put += 1
  return put
}
