import net from 'node:net'
import { Backend, endsReady, isShops, type SpareBackends } from './backend.ts'
import { fail } from './fail.ts'

/** What befalls the shop's `nth` statement from now. */
export type LineFault = {
  readonly fault: 'cut_before' | 'cut_after' | 'deadlock'
  readonly nth: number
}

/** Who hands out the turns, and is told what happens on the socket. */
type Line = {
  readonly spares: SpareBackends
  answered(socket: TurnSocket): void
  closed(socket: TurnSocket): void
  cut(): void
  opened(socket: TurnSocket): void
  ready(): void
  touch(): void
}

/** The state that follows it when no transaction is open. */
const IDLE = 0x49
/** “Flush”, which asks for an answer that does not end with “ready for query”. */
const FLUSH = Buffer.from([0x48, 0, 0, 0, 4])
/** “Copy in”: the server waits for rows, and says nothing before their end. */
const COPY_IN = 0x47
/** In an error: that somebody asked for the end of a statement, and that a deadlock ended it. */
const CANCELED = Buffer.from('C57014\0')
const DEADLOCKED = Buffer.from('C40P01\0')
const DEADLOCK = simpleQuery("do $$ begin raise exception 'deadlock detected' using errcode = '40P01'; end $$")

/** The first letters of messages: a statement's values, the two that are each answered with “ready for query”. */
const [BIND, QUERY, SYNC] = [0x42, 0x51, 0x53]

/** How often any of them began to wait for a turn. */
let turnsAsked = 0

const asksMore = (bytes: Buffer): boolean => bytes.subarray(-FLUSH.length).equals(FLUSH)

/**
 * A connection to PostgreSQL whose statements wait for their turn on the line. To the driver it is a socket; what it
 * says goes to a server's process, which may have served a connection before.
 */
export class TurnSocket extends net.Socket {
  readonly #line: Line
  readonly #turns: Buffer[] = []
  #place: readonly unknown[] = []
  #backend: Backend | null = null
  #ready = false
  #opened = false
  #flushing = false
  /** What still belongs to its turn: the statement whose types were asked for, further rows of it, or rows of a copy. */
  #rest: 'nothing' | 'statement' | 'rows' = 'nothing'
  #dropAnswer = false
  #asked = false
  #deadlockAhead = false
  #deadlocked = false
  /** A transaction is open on it. */
  inTransaction = false
  ofShop = false
  /** Since when it waits for a turn, among all who do: not the place of its connection, which luck may decide. */
  waitsAs = 0

  constructor(line: Line) {
    super()
    this.#line = line
  }

  /** The number of the server's process. */
  get pid(): number {
    return this.#backend?.pid ?? 0
  }

  get isReady(): boolean {
    return this.#ready
  }

  get hasTurnWaiting(): boolean {
    return this.#turns.length > 0
  }

  override connect(...place: unknown[]): this {
    this.#opened = true
    this.#place = place
    this.#line.opened(this)
    setImmediate(() => this.destroyed || super.emit('connect'))
    return this
  }

  override write(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
    const bytes = Buffer.from(chunk as Uint8Array)
    const done = rest.find((value): value is () => void => typeof value === 'function')
    if (done) queueMicrotask(done)
    if (this.#rest !== 'nothing') {
      if (this.#rest === 'statement' && !asksMore(bytes)) this.#rest = 'nothing'
      this.#backend?.write(this.#deadlockAhead && bytes[0] === BIND ? insteadOf(bytes) : bytes)
      this.#deadlockAhead = false
    } else if (this.#ready) {
      if (this.#turns.length === 0) this.waitsAs = ++turnsAsked
      this.#turns.push(bytes)
      this.#line.touch()
    } else if (this.#backend) this.#backend.write(bytes)
    else this.#begin(bytes)
    return true
  }

  #begin(bytes: Buffer): void {
    this.ofShop = isShops(bytes)
    const ears = { heard: (answer: Buffer) => this.#heard(answer), lost: (error?: Error) => this.destroy(error) }
    const spare = this.ofShop ? this.#line.spares.take() : null
    this.#backend = spare ?? new Backend(this.#place, ears)
    if (spare) spare.serve(ears).catch(fail)
    else this.#backend.open(bytes)
  }

  override end(last?: unknown): this {
    this.#backend?.end(Buffer.from((last as Uint8Array | undefined) ?? []))
    return this
  }

  /** The wire keeps the process alive by itself. */
  override ref(): this {
    return this
  }

  override unref(): this {
    return this
  }

  override destroy(error?: Error): this {
    const isAtRest = this.#ready && this.#rest === 'nothing' && !this.inTransaction && !this.#asked
    if (this.#backend && !this.destroyed) {
      if (this.ofShop && isAtRest) {
        this.#line.spares.give(this.#backend)
        this.#backend = null
      } else this.#backend.destroy()
    }
    return super.destroy(error)
  }

  /** Sends what waits, as one turn. */
  takeTurn(fault: LineFault['fault'] | null): void {
    const bytes = Buffer.concat(this.#turns.splice(0))
    this.#flushing = asksMore(bytes)
    this.#dropAnswer = fault === 'cut_after'
    this.#asked = true
    // A question for types meets no lock: it is the statement after it that ends in the deadlock.
    this.#deadlockAhead = fault === 'deadlock' && this.#flushing
    this.#backend?.write(fault === 'deadlock' && !this.#flushing ? insteadOf(bytes) : bytes)
  }

  /** What it waits for is about to be called off: to the shop it is PostgreSQL that ended a deadlock. */
  endInDeadlock(): void {
    this.#deadlocked = true
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'close' && this.#opened) this.#line.closed(this)
    return super.emit(event, ...args)
  }

  #heard(bytes: Buffer): void {
    if (this.destroyed) return
    if (this.#deadlocked) this.#nameDeadlock(bytes)
    const isWhole = endsReady(bytes)
    if (isWhole) this.inTransaction = bytes.at(-1) !== IDLE
    // An answer about types never ends with “ready”: that one is of the statement before, sent in the same breath.
    if (this.#flushing) {
      this.#tellTypes(isWhole, bytes)
      return
    }
    if (isWhole) {
      this.#rest = 'nothing'
      this.#asked = false
    } else if (bytes[0] === COPY_IN) this.#rest = 'rows'
    if (this.#dropAnswer) {
      if (isWhole) this.#line.cut()
      return
    }
    if (isWhole && this.#ready) this.#line.answered(this)
    else if (isWhole) this.#greet()
    super.emit('data', bytes)
  }

  #tellTypes(isOfBefore: boolean, bytes: Buffer): void {
    if (!isOfBefore) {
      this.#flushing = false
      this.#rest = 'statement'
    }
    super.emit('data', bytes)
  }

  #nameDeadlock(bytes: Buffer): void {
    const at = bytes.indexOf(CANCELED)
    if (at < 0) return
    DEADLOCKED.copy(bytes, at)
    this.#deadlocked = false
  }

  #greet(): void {
    this.#ready = true
    this.#line.ready()
  }
}

/** As many deadlocks as the driver awaits answers. */
function insteadOf(bytes: Buffer): Buffer {
  const deadlocks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 1 + bytes.readInt32BE(at + 1))
    if (bytes[at] === SYNC || bytes[at] === QUERY) deadlocks.push(DEADLOCK)
  return Buffer.concat(deadlocks)
}

function simpleQuery(text: string): Buffer {
  const body = Buffer.from(`${text}\0`)
  const head = Buffer.from([0x51, 0, 0, 0, 0])
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
