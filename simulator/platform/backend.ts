import net from 'node:net'
import { fail } from './fail.ts'

/** The last bytes of PostgreSQL's “ready for query”, but for the state of the transaction. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5])
/** “Authentication is done”; what follows tells of the server and its process. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0])
/** “Backend key data”: the number of the server's process follows. */
const BACKEND_KEY = Buffer.from([0x4b, 0, 0, 0, 12])
/** What the driver calls the shop's connections. */
const SHOP = Buffer.from('comptoir\0')
/** Limits by the server's own clock, on which a statement that waits for its turn on a busy machine takes long. */
const LIMITS = ['statement_timeout', 'lock_timeout'].map((name) => Buffer.from(`${name}\0`))
const FORGET = Buffer.from('Q\0\0\0\u0010discard all\0')
const FORGOTTEN = Buffer.from('DISCARD ALL\0')

const RealSocket = net.Socket

/** Whether a connection that opens with this is one of the shop's. */
export const isShops = (bytes: Buffer): boolean => bytes.includes(SHOP)

/** Whether an answer is whole. */
export const endsReady = (bytes: Buffer): boolean => bytes.subarray(-READY.length - 1, -1).equals(READY)

/** Who hears what a server's process says. */
export type Ears = { heard(bytes: Buffer): void; lost(error?: Error): void }

/** A process of the server, with the wire to it. */
export class Backend {
  readonly #wire = new RealSocket()
  readonly #place: readonly unknown[]
  #ears: Ears | null
  #forgotten: Promise<void> = Promise.resolve()
  /** What it said when it was opened, from which the driver learns whom it speaks with; empty when it came in pieces. */
  greeting: Buffer = Buffer.alloc(0)
  pid = 0

  constructor(place: readonly unknown[], ears: Ears) {
    this.#place = place
    this.#ears = ears
    this.#wire.on('data', (bytes) => this.#heard(bytes))
    this.#wire.on('error', (error) => this.#ears?.lost(error))
    this.#wire.on('close', () => this.#ears?.lost())
  }

  open(bytes: Buffer): void {
    liftLimits(bytes)
    Reflect.apply(this.#wire.connect, this.#wire, this.#place)
    this.#wire.write(bytes)
  }

  write(bytes: Buffer): void {
    this.#wire.write(bytes)
  }

  end(bytes: Buffer): void {
    this.#wire.end(bytes)
  }

  destroy(): void {
    this.#ears = null
    this.#wire.destroy()
  }

  /** Nobody listens to it any more. Comes when it has forgotten all that it was told, but for what is in the tables. */
  forget(): Promise<void> {
    this.#forgotten = new Promise((done) => {
      const heard = (bytes: Buffer) => {
        if (bytes.includes(FORGOTTEN)) done()
      }
      this.#ears = { heard, lost: () => done() }
      this.#wire.write(FORGET)
    })
    return this.#forgotten
  }

  /** Greets a new connection as it has greeted its first one. */
  async serve(ears: Ears): Promise<void> {
    await this.#forgotten
    this.#ears = ears
    ears.heard(this.greeting)
  }

  #heard(bytes: Buffer): void {
    if (this.pid === 0) this.#learn(bytes)
    this.#ears?.heard(bytes)
  }

  #learn(bytes: Buffer): void {
    const key = bytes.indexOf(BACKEND_KEY)
    if (key < 0) return
    this.pid = bytes.readInt32BE(key + BACKEND_KEY.length)
    const from = bytes.indexOf(WELCOME)
    if (from >= 0 && endsReady(bytes)) this.greeting = Buffer.from(bytes.subarray(from))
  }
}

/** In what a connection opens with, each limit becomes 0, which is none. */
function liftLimits(bytes: Buffer): void {
  for (const name of LIMITS) {
    const at = bytes.indexOf(name)
    if (at >= 0) bytes.fill('0', at + name.length, bytes.indexOf(0, at + name.length))
  }
}

/**
 * Processes of the server whose connection was cut between two statements. A new connection is given one of them, after
 * it has forgotten everything: what it has looked up about the tables it keeps, and looking that up takes longer than
 * the statements of a short story.
 */
export class SpareBackends {
  readonly #spare: Backend[] = []
  readonly #during: <T>(work: () => Promise<T>) => Promise<T>

  /** @param during nothing else happens while this work is under way. */
  constructor(during: <T>(work: () => Promise<T>) => Promise<T>) {
    this.#during = during
  }

  take(): Backend | null {
    return this.#spare.shift() ?? null
  }

  give(backend: Backend): void {
    if (backend.greeting.length === 0) {
      backend.destroy()
      return
    }
    this.#spare.push(backend)
    this.#during(() => backend.forget()).catch(fail)
  }
}
