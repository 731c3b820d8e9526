import 'server-only'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { forgetProcess, noteProcess } from '#db/processes/note-process.ts'
import { log } from '../log.ts'
import { shopVersion } from './shop-version.ts'

const EVERY_MS = 10_000

/** Says now and every ten seconds that this process lives; a database that is away is not its death. */
export async function keepBeating(kind: 'web' | 'worker'): Promise<{ readonly stop: () => Promise<void> }> {
  const startedAt = new Date()
  const about = { id: randomUUID(), kind, host: hostname(), pid: process.pid, version: shopVersion(), startedAt }
  const beat = (seenAt: Date) =>
    noteProcess({ ...about, seenAt }).catch((err: unknown) => log.warn({ err }, 'a sign of life was not noted'))
  await beat(startedAt)
  const timer = setInterval(() => void beat(new Date()), EVERY_MS)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await forgetProcess(about.id)
    },
  }
}
