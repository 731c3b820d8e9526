import { once } from 'node:events'
import { createServer } from 'node:net'
import { StartFailure } from './start-failure.ts'

/** @throws {StartFailure} when somebody listens there, naming the setting that moves us elsewhere. */
export async function demandFreePort(host: string, port: number, what: string, setting: string): Promise<void> {
  await new Promise<void>((free, taken) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`
      taken(
        new StartFailure(
          `Port ${port}, meant for ${what}, ${why}: stop what runs there, or set ${setting} to another port.`,
        ),
      )
    })
    probe.listen(port, host, () => probe.close(() => free()))
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
