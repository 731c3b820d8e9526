import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startNode, stopProcess } from './processes.ts'

const FOR_EVER = 'setInterval(() => 0, 1000)'

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(20)
}

/** Says its child's number, then stays. */
const WITH_CHILD = `
  const { pid } = require('node:child_process').spawn(process.execPath, ['--eval', ${JSON.stringify(FOR_EVER)}])
  console.log('child', pid, 'is up')
  ${FOR_EVER}`

test('a process that is stopped leaves no child behind', async () => {
  const started = startNode('parent', ['--eval', WITH_CHILD], {})
  await until(() => started.heldWords().includes('is up'))
  const child = Number(started.heldWords().split(' ')[1])
  expect(runs(child)).toBe(true)
  await stopProcess(started)
  await until(() => !runs(child))
  expect(started.child.signalCode).toBe('SIGTERM')
})

test('a process ends when its launcher is killed', async () => {
  const module = new URL('./processes.ts', import.meta.url).href
  const launcher = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { startNode } from ${JSON.stringify(module)}
       console.log(startNode('one', ['--eval', ${JSON.stringify(FOR_EVER)}], {}).child.pid)`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [words] = (await once(launcher.stdout, 'data')) as [Buffer]
  const child = Number(words.toString())
  expect(runs(child)).toBe(true)
  launcher.kill('SIGKILL')
  await until(() => !runs(child))
})

test('what a process says is kept until it is shown', async () => {
  const started = startNode('speaker', ['--eval', `console.log('hello')`], {})
  await once(started.child, 'close')
  expect(started.heldWords()).toBe('hello\n')
})
