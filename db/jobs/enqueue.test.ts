import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../client.ts'
import { enqueue } from './enqueue.ts'
import { QUEUES } from './queues.ts'

const jobs = () => db.execute(sql`select name, state, retry_limit, heartbeat_seconds, dead_letter from pgboss.job`)

test('a transaction that is rolled back leaves no job; one that commits leaves it with its queue’s patience', async () => {
  const rolledBack = db.transaction(async (tx) => {
    await enqueue(tx, { name: 'purge-carts', data: {} })
    tx.rollback()
  })
  await expect(rolledBack).rejects.toThrow()
  expect(await jobs()).toEqual([])

  await db.transaction((tx) => enqueue(tx, { name: 'purge-carts', data: {} }))
  const { retryLimit, heartbeatSeconds, deadLetter } = QUEUES['purge-carts']
  expect(await jobs()).toEqual([
    {
      name: 'purge-carts',
      state: 'created',
      retry_limit: retryLimit,
      heartbeat_seconds: heartbeatSeconds,
      dead_letter: deadLetter,
    },
  ])
})
