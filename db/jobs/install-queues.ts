import { PgBoss } from 'pg-boss'
import { DEAD_JOBS, QUEUES } from './queues.ts'

/** Brings pg-boss' own tables and our queues up to date; safe to repeat. */
export async function installQueues(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 1, supervise: false, schedule: false })
  boss.on('error', () => undefined) // start() and the calls below throw what matters
  await boss.start()
  try {
    await boss.createQueue(DEAD_JOBS)
    for (const [name, options] of Object.entries(QUEUES)) {
      await boss.createQueue(name, options)
      await boss.updateQueue(name, options)
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}
