import { writeFileSync } from 'node:fs'
import { Encrypter } from 'age-encryption'
import { openBackup } from '../open-backup.ts'
import { packTar, type TarEntry } from '../tar.ts'

type Original = {
  readonly file: string
  readonly identities: readonly string[]
  readonly recipients: readonly string[]
}

/** Encrypts a backup anew with other parts, as anybody can who has the public key and once saw the content. */
export async function rewriteBackup(original: Original, change: (entry: TarEntry) => TarEntry[], file: string) {
  async function* changed() {
    for await (const entry of openBackup(original.file, original.identities)) yield* change(entry)
  }
  const encrypter = new Encrypter()
  for (const recipient of original.recipients) encrypter.addRecipient(recipient)
  writeFileSync(file, await encrypter.encrypt(Buffer.concat(await Array.fromAsync(packTar(changed())))))
}
