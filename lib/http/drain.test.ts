import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { drainFirst, isStopping } from './drain.ts'

test('who is told to end says so, goes on for some seconds, and then ends as it would have', async () => {
  vi.useFakeTimers()
  const process = new EventEmitter() as unknown as NodeJS.Process
  const exit = vi.fn()
  Object.assign(process, { exit })
  const ended: string[] = []
  process.on('SIGTERM', (signal) => ended.push(signal))
  drainFirst(0, process)
  expect(process.listenerCount('SIGTERM')).toBe(1)
  drainFirst(5, process)
  expect(isStopping()).toBe(false)
  process.emit('SIGTERM', 'SIGTERM')
  expect(isStopping()).toBe(true)
  await vi.advanceTimersByTimeAsync(4_900)
  expect(ended).toEqual([])
  await vi.advanceTimersByTimeAsync(200)
  expect(ended).toEqual(['SIGTERM'])
  expect(exit).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(exit).toHaveBeenCalledWith(143)
  vi.useRealTimers()
  Reflect.deleteProperty(globalThis, 'comptoirTelemetry')
})
