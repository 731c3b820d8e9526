import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { hasEnded, type ShopProcess } from './processes.ts'
import type { Service } from './services.ts'
import { StartFailure } from './start-failure.ts'

const READY_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 50

/** Resolves once the process does its work. @throws {StartFailure} when it ends first or takes more than 60 s. */
export async function untilReady(ready: Service['ready'], started: ShopProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    if (hasEnded(started)) throw new StartFailure(`${started.name} ended before it was ready; the reason stands above.`)
    const missing = 'answers' in ready ? await ask(ready.answers) : listen(ready.says, started)
    if (missing === null) return
    if (Date.now() > deadline)
      throw new StartFailure(`${started.name} is not ready after ${READY_WITHIN_MS / 1000} s: ${missing}.`)
    await wait(LOOK_EVERY_MS)
  }
}

/** Resolves once a process has written a file. @throws {StartFailure} as {@link untilReady} does. */
export async function untilThere(file: string, started: ShopProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (!existsSync(file)) {
    if (hasEnded(started)) throw new StartFailure(`${started.name} ended before it was ready; the reason stands above.`)
    if (Date.now() > deadline) throw new StartFailure(`${started.name} has not made ${file}.`)
    await wait(LOOK_EVERY_MS)
  }
}

/** @returns null when the address answers 2xx, else what it did instead. */
async function ask(url: string): Promise<string | null> {
  const answer = await fetch(url).catch(() => null)
  if (answer === null) return `${url} does not answer`
  return answer.ok ? null : `${url} answers ${answer.status} ${await answer.text()}`
}

const listen = (words: string, started: ShopProcess): string | null =>
  started.heldWords().includes(words) ? null : `it did not say "${words}"`
