import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { StartFailure } from './start-failure.ts'

const TRY_AGAIN_MS = 100

/**
 * @param patienceMs how long to wait for somebody who is about to leave.
 * @throws {StartFailure} when somebody listens there, naming the setting that moves us elsewhere.
 */
export async function demandFreePort(
  { host, port, setting }: { host: string; port: number; setting: string },
  what: string,
  patienceMs = 0,
): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const refusal = await tryPort(host, port)
    if (refusal === null) return
    if (refusal !== 'EADDRINUSE' || Date.now() >= deadline)
      throw new StartFailure(`Port ${port}, meant for ${what}, ${whatToDo(refusal, host, setting)}`)
    await wait(TRY_AGAIN_MS)
  }
}

function whatToDo(refusal: string, host: string, setting: string): string {
  if (refusal === 'EADDRINUSE') return `is in use: stop what runs there, or set ${setting} to another port.`
  if (refusal === 'EADDRNOTAVAIL') return `cannot be opened on ${host}: set HOST to an address of this machine.`
  return `cannot be opened on ${host} (${refusal}): set ${setting} to another port.`
}

/** @returns null when the port is free, else the system's code of why it is not. */
async function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((told) => {
    const probe = createServer()
    probe.once('error', ({ code, message }: NodeJS.ErrnoException) => told(code ?? message))
    probe.listen(port, host, () => probe.close(() => told(null)))
  })
}

/** A port of loopback on which nobody listens now. */
export async function findFreePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('The probe has no port.')
  return address.port
}
