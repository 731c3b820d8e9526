import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { AccountMail } from './account-mail.ts'
import type { OrderMail, RenderedMail } from './order-mail.ts'

const Answer = z.union([
  z.object({ id: z.int(), rendered: z.object({ subject: z.string(), html: z.string(), text: z.string() }) }),
  z.object({ id: z.int(), error: z.string() }),
])

/**
 * Renders mails in a thread of its own: React's renderer refuses the `react-server` condition that the rest of the
 * worker runs under, and JSX needs a loader that only this thread loads.
 */
export function startMailRenderer() {
  const thread = new Worker(new URL('./render-thread.tsx', import.meta.url), { execArgv: ['--import', 'tsx'] })
  const waiting = new Map<number, { done: (mail: RenderedMail) => void; fail: (error: Error) => void }>()
  let lastId = 0

  const failAll = (error: Error) => {
    for (const { fail } of waiting.values()) fail(error)
    waiting.clear()
  }
  thread.on('error', failAll)
  thread.on('exit', () => failAll(new Error('The mail renderer ended.')))
  thread.on('message', (message: unknown) => {
    const parsed = Answer.safeParse(message)
    // Under `node --watch` the loader of the thread tells on the same port what it has read.
    if (!parsed.success) return
    const answer = parsed.data
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('rendered' in answer) asked?.done(answer.rendered)
    else asked?.fail(new Error(answer.error))
  })

  return {
    render: (mail: OrderMail | AccountMail) =>
      new Promise<RenderedMail>((done, fail) => {
        const id = ++lastId
        waiting.set(id, { done, fail })
        thread.postMessage({ id, mail })
      }),
    stop: async () => {
      await thread.terminate()
    },
  }
}
