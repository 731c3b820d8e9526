import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { carts } from '#db/carts/schema.ts'
import { db } from '#db/client.ts'
import { enqueue } from '#db/jobs/enqueue.ts'
import { startNode, stopNode } from './support/start-node.ts'

const startWorkerNode = (...args: readonly string[]) => startNode(['--conditions=react-server', ...args])
const stateOfJobs = async (name: string) =>
  (await db.execute<{ state: string }>(sql`select state from pgboss.job where name = ${name}`)).map((row) => row.state)

test('a job whose worker was killed is done by another within 90 s', { timeout: 120_000 }, async () => {
  await db.execute(sql`delete from pgboss.job`)
  await enqueue(db, { name: 'purge-carts', data: {} })
  const killed = startWorkerNode('server-tests/support/slow-worker.ts')
  await expect.poll(killed.output, { timeout: 20_000 }).toContain('job begun')
  await stopNode(killed, 'SIGKILL')
  const killedAt = performance.now()

  const other = startWorkerNode('server-tests/support/slow-worker.ts', 'finish')
  await expect.poll(() => stateOfJobs('purge-carts'), { timeout: 90_000, interval: 250 }).toEqual(['completed'])
  expect(other.output()).toContain('job begun')
  console.log(`resumed after ${Math.round((performance.now() - killedAt) / 1000)} s`)
})

test('the worker does its jobs, and on SIGTERM ends by itself', { timeout: 60_000 }, async () => {
  await db.execute(sql`delete from pgboss.job`)
  const tokenHash = Buffer.alloc(32, 1)
  await db.insert(carts).values([
    { tokenHash, updatedAt: sql`now() - interval '61 days'` },
    { tokenHash: Buffer.alloc(32, 2), updatedAt: sql`now() - interval '59 days'` },
  ])
  await enqueue(db, { name: 'purge-carts', data: {} })
  const worker = startWorkerNode('lib/jobs/worker.ts')
  await expect.poll(() => stateOfJobs('purge-carts'), { timeout: 20_000 }).toEqual(['completed'])
  expect(await db.select().from(carts).where(eq(carts.tokenHash, tokenHash))).toEqual([])
  expect(await db.$count(carts)).toBe(1)
  expect(await stopNode(worker, 'SIGTERM')).toBe(0)
})
