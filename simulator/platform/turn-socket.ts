import net from 'node:net'

/** What befalls the shop's `nth` statement from now. */
export type LineFault = {
  readonly fault: 'cut_before' | 'cut_after' | 'deadlock'
  readonly nth: number
}

/** Who hands out the turns, and is told what happens on the socket. */
type Line = {
  answered(socket: TurnSocket): void
  closed(socket: TurnSocket): void
  cut(): void
  opened(socket: TurnSocket): void
  ready(): void
  touch(): void
}

/** The last bytes of PostgreSQL's “ready for query”, but for the state of the transaction. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5])
/** The state that follows it when no transaction is open. */
const IDLE = 0x49
/** “Backend key data”: the number of the server's process follows. */
const BACKEND_KEY = Buffer.from([0x4b, 0, 0, 0, 12])
/** “Flush”, which asks for an answer that does not end with “ready for query”. */
const FLUSH = Buffer.from([0x48, 0, 0, 0, 4])
/** “Copy in”: the server waits for rows, and says nothing before their end. */
const COPY_IN = 0x47
/** What the driver calls the shop's connections. */
const SHOP = Buffer.from('comptoir\0')
/** In an error: that somebody asked for the end of a statement, and that a deadlock ended it. */
const CANCELED = Buffer.from('C57014\0')
const DEADLOCKED = Buffer.from('C40P01\0')
const DEADLOCK = simpleQuery("do $$ begin raise exception 'deadlock detected' using errcode = '40P01'; end $$")

const asksMore = (bytes: Buffer): boolean => bytes.subarray(-FLUSH.length).equals(FLUSH)

/** A connection to PostgreSQL whose statements wait for their turn on the line. */
export class TurnSocket extends net.Socket {
  readonly #line: Line
  readonly #turns: Buffer[] = []
  #ready = false
  #opened = false
  #flushing = false
  /** What still belongs to its turn: the statement whose types were asked for, further rows of it, or rows of a copy. */
  #rest: 'nothing' | 'statement' | 'rows' = 'nothing'
  #dropAnswer = false
  #deadlocked = false
  /** A transaction is open on it. */
  inTransaction = false
  ofShop = false
  pid = 0

  constructor(line: Line) {
    super()
    this.#line = line
  }

  get isReady(): boolean {
    return this.#ready
  }

  get hasTurnWaiting(): boolean {
    return this.#turns.length > 0
  }

  override connect(...args: unknown[]): this {
    this.#opened = true
    this.#line.opened(this)
    Reflect.apply(super.connect, this, args)
    Reflect.deleteProperty(this, 'write') // Node puts its own there when it connects
    return this
  }

  override write(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
    const bytes = Buffer.from(chunk as Uint8Array)
    if (this.#rest !== 'nothing') {
      if (this.#rest === 'statement' && !asksMore(bytes)) this.#rest = 'nothing'
      return Reflect.apply(super.write, this, [bytes, ...rest])
    }
    if (this.#ready) {
      this.#turns.push(bytes)
      this.#line.touch()
      const done = rest.find((value): value is () => void => typeof value === 'function')
      if (done) queueMicrotask(done)
      return true
    }
    this.ofShop ||= bytes.includes(SHOP)
    return super.write(bytes)
  }

  /** Sends what waits, as one turn. */
  takeTurn(fault: LineFault['fault'] | null): void {
    const bytes = Buffer.concat(this.#turns.splice(0))
    this.#flushing = fault !== 'deadlock' && asksMore(bytes)
    this.#dropAnswer = fault === 'cut_after'
    super.write(fault === 'deadlock' ? DEADLOCK : bytes)
  }

  /** What it waits for is about to be called off: to the shop it is PostgreSQL that ended a deadlock. */
  endInDeadlock(): void {
    this.#deadlocked = true
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'close' && this.#opened) this.#line.closed(this)
    if (event !== 'data') return super.emit(event, ...args)
    const bytes = args[0] as Buffer
    if (this.#deadlocked) this.#nameDeadlock(bytes)
    const isWhole = bytes.subarray(-READY.length - 1, -1).equals(READY)
    if (isWhole) this.inTransaction = bytes.at(-1) !== IDLE
    // An answer about types never ends with “ready”: that one is of the statement before, sent in the same breath.
    if (this.#flushing) return this.#tellTypes(isWhole, args)
    if (isWhole) this.#rest = 'nothing'
    else if (bytes[0] === COPY_IN) this.#rest = 'rows'
    if (this.#dropAnswer) {
      if (isWhole) this.#line.cut()
      return true
    }
    if (isWhole && this.#ready) this.#line.answered(this)
    else if (isWhole) this.#greet(bytes)
    return super.emit(event, ...args)
  }

  #tellTypes(isOfBefore: boolean, args: unknown[]): boolean {
    if (!isOfBefore) {
      this.#flushing = false
      this.#rest = 'statement'
    }
    return super.emit('data', ...args)
  }

  #nameDeadlock(bytes: Buffer): void {
    const at = bytes.indexOf(CANCELED)
    if (at < 0) return
    DEADLOCKED.copy(bytes, at)
    this.#deadlocked = false
  }

  #greet(bytes: Buffer): void {
    this.#ready = true
    const key = bytes.indexOf(BACKEND_KEY)
    if (key >= 0) this.pid = bytes.readInt32BE(key + BACKEND_KEY.length)
    this.#line.ready()
  }
}

function simpleQuery(text: string): Buffer {
  const body = Buffer.from(`${text}\0`)
  const head = Buffer.from([0x51, 0, 0, 0, 0])
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
