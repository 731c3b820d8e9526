import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import type postgres from 'postgres'
import { SpareBackends } from './backend.ts'
import type { Chance } from './chance.ts'
import { fail } from './fail.ts'
import { endDeadlock, listWaiting } from './lock-waits.ts'
import { type LineFault, TurnSocket } from './turn-socket.ts'
import { type Timer, WaitingList } from './waiting-list.ts'

/** Turns of the event loop without anything new, after which nobody is about to say something. */
const QUIET_TURNS = 4
/** A statement that takes longer may be waiting for a lock. */
const LOOK_FOR_LOCKS_MS = 1

/**
 * The line between the shop and PostgreSQL. Statements of whoever runs at the same time wait here for their turn: one at
 * a time is let through, chosen by the run's chance, so that races are real, on real locks, and happen again in the same
 * way with the same seed. Only when nobody has anything to say does waiting (`setTimeout`) come to its end.
 */
export class DatabaseLine {
  #chance: Chance | null = null
  readonly #sockets = new Set<TurnSocket>()
  readonly #timers = new WaitingList()
  readonly #asked = new Set<TurnSocket>()
  readonly #blocked = new Set<TurnSocket>()
  #fault: LineFault | null = null
  #left = 0
  #busy = 0
  #cutting = false
  #activity = 0
  #quiet = 0
  #looking = false
  #watching = false
  statements = 0
  readonly #settled: (() => void)[] = []
  readonly #admin: postgres.Sql
  readonly spares = new SpareBackends((work) => this.during(work))

  /** @param admin a connection that is not ours to hold up: it looks who waits for a lock. */
  constructor(admin: postgres.Sql) {
    this.#admin = admin
  }

  /** Every socket that is opened from now on goes through this line. */
  install(): void {
    const line = this
    Object.assign(net, {
      Socket: class extends TurnSocket {
        constructor() {
          super(line)
        }
      },
    })
    syncBuiltinESMExports()
  }

  /** A new run begins, on new connections, as in a process that has just started; turns are drawn from its chance. */
  async begin(chance: Chance): Promise<void> {
    this.cut()
    await this.settled()
    this.#chance = chance
    this.#fault = null
    this.statements = 0
    this.#timers.begin()
  }

  strike(fault: LineFault | null): void {
    this.#fault = fault
    this.#left = fault?.nth ?? 0
  }

  /** Breaks off as soon as it is quiet, and between transactions: the driver does not survive anything else. */
  cutSoon(): void {
    this.#cutting = true
    this.touch()
  }

  /** All of the shop's connections break off at once, as when its process or the database dies. */
  cut(): void {
    this.#cutting = false
    const gone = [...this.#sockets].filter((socket) => socket.ofShop)
    for (const socket of gone) socket.destroy()
    const pids = gone.map(({ pid }) => pid).filter((pid) => pid > 0)
    if (pids.length > 0) this.during(() => this.#untilGone(pids)).catch(fail)
  }

  /** A server's process ends what it was told before it sees that nobody listens; nothing else happens meanwhile. */
  async #untilGone(pids: readonly number[]): Promise<void> {
    for (;;) {
      const left = await this.#admin`select 1 from pg_stat_activity where pid = any (${[...pids]})`
      if (left.length === 0) return
    }
  }

  /** Something is under way that is neither a statement nor a timer; the line waits for it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1
    try {
      return await work()
    } finally {
      this.#busy -= 1
      this.touch()
    }
  }

  /** Comes when nobody has anything left to say. */
  settled(): Promise<void> {
    return new Promise((done) => {
      this.#settled.push(done)
      this.touch()
    })
  }

  wait(ms: number, fire: () => void): Timer {
    const timer = this.#timers.add(ms, fire)
    this.touch()
    return timer
  }

  stopWaiting(timer: Timer): void {
    this.#timers.remove(timer)
  }

  opened(socket: TurnSocket): void {
    this.#busy += 1
    this.#sockets.add(socket)
  }

  ready(): void {
    this.#busy -= 1
    this.touch()
  }

  closed(socket: TurnSocket): void {
    if (!socket.isReady) this.#busy -= 1
    this.#sockets.delete(socket)
    this.#asked.delete(socket)
    this.#blocked.clear()
    this.touch()
  }

  answered(socket: TurnSocket): void {
    this.#asked.delete(socket)
    // What it held is free now: look again who waits before anybody else has a turn. Before its end it keeps all.
    if (!socket.inTransaction) this.#blocked.clear()
    this.touch()
  }

  /** Something happened: look again once it is quiet. */
  touch(): void {
    this.#activity += 1
    if (this.#looking) return
    this.#looking = true
    this.#quiet = 0
    this.#look(this.#activity)
  }

  #look(seen: number): void {
    setImmediate(() => {
      this.#quiet = seen === this.#activity ? this.#quiet + 1 : 0
      if (this.#quiet < QUIET_TURNS) {
        this.#look(this.#activity)
        return
      }
      this.#looking = false
      this.#decide()
    })
  }

  #decide(): void {
    if (this.#cutting && !this.#isInTransaction()) this.cut()
    if (this.#busy > 0) return
    if (this.#asked.size > this.#blocked.size) {
      this.#watch()
      return
    }
    const waiting = [...this.#sockets]
      .filter((socket) => socket.hasTurnWaiting && !this.#asked.has(socket))
      .toSorted((a, b) => a.waitsAs - b.waitsAs)
    const next = waiting[waiting.length > 1 && this.#chance ? this.#chance.below(waiting.length) : 0]
    if (next) this.#send(next)
    else if (this.#blocked.size > 0) this.#breakDeadlock()
    else this.#endWaiting()
  }

  /**
   * All who have something to say wait for each other. PostgreSQL would notice after a time, and which of them it ends
   * would be by luck: here it is the last one that began to wait.
   */
  #breakDeadlock(): void {
    const waiting = new Map([...this.#asked].map((socket) => [socket.pid, socket]))
    this.during(async () => {
      await endDeadlock(this.#admin, [...waiting.keys()], (pid) => waiting.get(pid)?.endInDeadlock())
      this.#blocked.clear()
    }).catch(fail)
  }

  /** Nobody has anything to say: whoever waits goes on, or all has come to rest. */
  #endWaiting(): void {
    if (this.#timers.fireNext()) this.touch()
    else for (const tell of this.#settled.splice(0)) tell()
  }

  #send(socket: TurnSocket): void {
    this.statements += 1
    this.#asked.add(socket)
    const fault = this.#faultFor(socket)
    if (fault === 'cut_before') this.cut()
    else socket.takeTurn(fault)
    this.#watch()
  }

  #isInTransaction(): boolean {
    return [...this.#sockets].some((socket) => socket.ofShop && socket.inTransaction)
  }

  #faultFor(socket: TurnSocket): LineFault['fault'] | null {
    if (!this.#fault || !socket.ofShop) return null
    this.#left -= 1
    if (this.#left > 0 || (this.#fault.fault !== 'deadlock' && this.#isInTransaction())) return null
    const { fault } = this.#fault
    this.#fault = null
    return fault
  }

  /** Sees to it that a statement which waits for a lock does not hold up the one that has it. */
  #watch(): void {
    if (this.#watching || !this.#canBeBlocked()) return
    this.#watching = true
    realSetTimeout(() => this.#lookForLocks().catch(fail), LOOK_FOR_LOCKS_MS)
  }

  async #lookForLocks(): Promise<void> {
    if (this.#asked.size > 0) {
      const waiting = await listWaiting(this.#admin)
      this.#blocked.clear()
      for (const socket of this.#asked) if (waiting.has(socket.pid)) this.#blocked.add(socket)
    }
    this.#watching = false
    if (this.#asked.size > 0) this.touch()
  }

  /** Nobody waits for a lock while nobody else is in a transaction. */
  #canBeBlocked(): boolean {
    return [...this.#sockets].filter((socket) => socket.inTransaction || this.#asked.has(socket)).length > 1
  }
}

const realSetTimeout = globalThis.setTimeout
