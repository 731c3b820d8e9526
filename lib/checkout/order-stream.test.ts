import { afterEach, expect, test, vi } from 'vitest'
import { orderStream, type Standing } from './order-stream.ts'

afterEach(() => {
  vi.useRealTimers()
})

function open({ follow }: { follow?: () => Promise<never> } = {}) {
  const order: { standing: Standing | null } = { standing: { version: 'a', final: false } }
  const counts = { ended: 0, following: 0 }
  let change: (() => void) | null = null
  const stream = orderStream({
    read: async () => order.standing,
    follow:
      follow ??
      (async (onChange) => {
        counts.following++
        change = onChange
        return () => {
          counts.following--
        }
      }),
    onEnd: () => {
      counts.ended++
    },
  })
  const reader = stream.getReader()
  return {
    order,
    counts,
    change: () => change?.(),
    /** The next piece as text; null at the end. */
    next: async () => {
      const { done, value } = await reader.read()
      return done ? null : new TextDecoder().decode(value)
    },
    leave: () => reader.cancel(),
  }
}

test('tells how the order stands at once and after each change, and ends when it is final', async () => {
  const stream = open()
  expect(await stream.next()).toBe('retry: 2000\n\n')
  expect(await stream.next()).toBe('data: a\n\n')
  stream.order.standing = { version: 'b', final: true }
  stream.change()
  expect(await stream.next()).toBe('data: b\n\n')
  expect(await stream.next()).toBeNull()
  expect(stream.counts).toEqual({ ended: 1, following: 0 })
})

test('a reader who leaves is followed no more', async () => {
  const stream = open()
  await stream.next()
  await stream.next()
  await stream.leave()
  stream.change()
  expect(stream.counts).toEqual({ ended: 1, following: 0 })
})

test('an order that is gone, and a database that is away, end the stream', async () => {
  const stream = open()
  await stream.next()
  await stream.next()
  stream.order.standing = null
  stream.change()
  expect(await stream.next()).toBeNull()

  const away = open({ follow: () => Promise.reject(new Error('away')) })
  await away.next()
  expect(await away.next()).toBeNull()
  expect(away.counts).toEqual({ ended: 1, following: 0 })
})

test('looks every 15 seconds, also when nobody told of a change, and lasts ten minutes', async () => {
  vi.useFakeTimers()
  const stream = open()
  await stream.next()
  await stream.next()
  stream.order.standing = { version: 'b', final: false }
  vi.advanceTimersByTime(15_000)
  expect(await stream.next()).toBe('data: b\n\n')
  vi.advanceTimersByTime(600_000)
  let last: string | null = ''
  while (last !== null) last = await stream.next()
  expect(stream.counts).toEqual({ ended: 1, following: 0 })
})
