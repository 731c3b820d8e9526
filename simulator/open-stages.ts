import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTestServer } from '../db/testing/find-server.ts'
import { copyVirtualDatabase, createVirtualDatabase, dropDatabase } from './platform/virtual-database.ts'
import type { PlayOrder, Told } from './play-order.ts'

export interface Stage {
  play(order: PlayOrder): Promise<Told>
}

/** Processes that play stories, each with a database and gateways of its own. */
export interface Stages {
  readonly all: readonly Stage[]
  close(): Promise<void>
}

type StageOptions = {
  /** More settings for the processes. */
  readonly environment?: Readonly<Record<string, string>>
  /** Done to each database before anything is played. */
  readonly sql?: string | undefined
}

export async function openStages(count: number, { environment = {}, sql }: StageOptions = {}): Promise<Stages> {
  const server = await findTestServer()
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-simulator-'))
  const name = `simulator_${randomBytes(6).toString('hex')}`
  const urlOf = (database: string) => Object.assign(new URL(server.url), { pathname: `/${database}` }).href
  const template = urlOf(name)
  await createVirtualDatabase(template, sql)
  const urls = Array.from({ length: count }, (_, n) => urlOf(`${name}_${n}`))
  for (const url of urls) await copyVirtualDatabase(template, url)
  const players = urls.map((url, n) => startPlayer(url, join(folder, String(n)), environment))
  return {
    all: players,
    async close() {
      await Promise.all(players.map((player) => player.stop()))
      for (const url of [...urls, template]) await dropDatabase(url)
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function startPlayer(databaseUrl: string, folder: string, environment: Readonly<Record<string, string>>) {
  const player = fork(join(import.meta.dirname, 'player.ts'), [databaseUrl, folder], {
    // A statement leaves much behind that is soon of no use: with room for it little is ever copied.
    execArgv: [
      '--conditions=react-server',
      '--disable-warning=ExperimentalWarning',
      '--min-semi-space-size=32',
      '--max-semi-space-size=32',
    ],
    env: { ...process.env, ...environment },
  })
  return {
    async play(order: PlayOrder): Promise<Told> {
      player.send(order)
      return new Promise((done, fail) => {
        const died = (code: number | null) => fail(new Error(`a player ended with ${code}`))
        player.once('exit', died)
        player.once('message', (told) => {
          player.off('exit', died)
          done(told as Told)
        })
      })
    },
    async stop() {
      if (player.exitCode !== null || player.signalCode !== null) return
      const gone = once(player, 'exit')
      // It keeps nothing, and its timers are virtual: a polite end could wait for one for ever.
      player.kill('SIGKILL')
      await gone
    },
  }
}
