import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { listProcesses } from '../health/list-processes.ts'
import { forgetProcess, noteProcess } from './note-process.ts'

const NOW = new Date('2026-11-21T12:00:00.000Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)
const born = (over: object = {}, at = NOW) => ({
  ...{ id: randomUUID(), kind: 'web' as const, host: 'a', pid: 1, version: '1', startedAt: at, seenAt: at },
  ...over,
})
const pids = async () => (await listProcesses()).map(({ pid }) => pid)

test('who lives is listed; who stops goes, who was killed stays until another comes in its place', async () => {
  const killed = born({ pid: 1 })
  const elsewhere = born({ pid: 2, host: 'b', kind: 'worker' })
  for (const process of [killed, elsewhere]) await noteProcess(process)
  await noteProcess({ ...elsewhere, seenAt: later(60) })
  expect(await pids()).toEqual([1, 2])
  const heir = born({ pid: 3 }, later(60))
  await noteProcess(heir)
  expect(await pids()).toEqual([3, 2])
  await forgetProcess(heir.id)
  expect(await pids()).toEqual([2])
  await noteProcess(born({ pid: 4 }, later(3_661)))
  expect(await pids()).toEqual([4])
})
