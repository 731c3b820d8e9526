import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'

export type CaughtMail = {
  readonly id: string
  readonly receivedAt: string
  readonly to: readonly string[]
  readonly subject: string
  readonly messageId: string
  readonly html: string
  readonly text: string
}

/** Caught mails, a file each as it came over the wire; they survive a restart. */
export function openMailbox(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let last = 0

  async function read(id: string): Promise<CaughtMail> {
    const mail = await PostalMime.parse(readFileSync(join(folder, `${id}.eml`)))
    return {
      id,
      receivedAt: new Date(Number(id.split('-')[0])).toISOString(),
      to: (mail.to ?? []).map(({ address }) => address ?? ''),
      subject: mail.subject ?? '',
      messageId: mail.messageId ?? '',
      html: mail.html ?? '',
      text: mail.text ?? '',
    }
  }

  const ids = () =>
    readdirSync(folder)
      .filter((file) => /^\d+-\d+\.eml$/.test(file))
      .map((file) => file.slice(0, -'.eml'.length))
      .sort()
      .reverse()

  return {
    /** Stored whole or not at all: a reader never meets half a mail. */
    store(raw: Buffer): void {
      const id = `${Date.now()}-${String(++last).padStart(6, '0')}`
      writeFileSync(join(folder, `${id}.part`), raw, { mode: 0o600 })
      renameSync(join(folder, `${id}.part`), join(folder, `${id}.eml`))
    },
    /** The newest first. */
    list: (limit: number) => Promise.all(ids().slice(0, limit).map(read)),
    find: async (id: string) => (ids().includes(id) ? await read(id) : null),
    clear(): void {
      for (const id of ids()) rmSync(join(folder, `${id}.eml`))
    },
  }
}
export type Mailbox = ReturnType<typeof openMailbox>
