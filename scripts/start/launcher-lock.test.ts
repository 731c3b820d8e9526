import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './launcher-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const holder = (pid: number | undefined) => writeFileSync(join(folder, 'launcher.pid'), String(pid))

test('the lock is there until it is released', () => {
  const { release, lastWasKilled } = lockFolder(folder)
  expect(lastWasKilled).toBe(false)
  expect(existsSync(join(folder, 'launcher.pid'))).toBe(true)
  release()
  expect(existsSync(join(folder, 'launcher.pid'))).toBe(false)
})

test('a launcher that runs is respected', async () => {
  const launcher = spawn(process.execPath, ['--eval', 'setInterval(() => 0, 1000)', 'start.mjs'])
  await once(launcher, 'spawn')
  holder(launcher.pid)
  expect(() => lockFolder(folder)).toThrow(`process ${launcher.pid}`)
  launcher.kill()
  await once(launcher, 'exit')
  expect(lockFolder(folder).lastWasKilled).toBe(true)
})

test('the number of a dead launcher may belong to another program', async () => {
  const other = spawn(process.execPath, ['--eval', 'setInterval(() => 0, 1000)'])
  await once(other, 'spawn')
  holder(other.pid)
  expect(lockFolder(folder).lastWasKilled).toBe(true)
  other.kill()
})

test('a folder that cannot be made is told in a sentence', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => lockFolder(join(folder, 'file/data'))).toThrow('set DATA_DIR to another folder')
})
