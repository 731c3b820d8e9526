import 'server-only'
import { z } from 'zod'
import { defineJob } from './job.ts'
import { runCommand } from './run-command.ts'

const off = process.env['BACKUP_SCHEDULE'] === 'off'
const Nothing = z.strictObject({})

/**
 * Each night, by the command that a person has too: in a process of its own, so that the worker goes on with payments.
 * `BACKUP_SCHEDULE=off` where something else backs the database up.
 */
export const makeBackupJob = defineJob({
  name: 'make-backup',
  data: Nothing,
  cron: '20 3 * * *',
  run: async (_, { signal }) => (off ? { off } : runCommand('scripts/backup.ts', signal)),
})

/** Each Sunday: a backup that was never restored is a hope. */
export const rehearseRestoreJob = defineJob({
  name: 'rehearse-restore',
  data: Nothing,
  cron: '30 4 * * 0',
  run: async (_, { signal }) => (off ? { off } : runCommand('scripts/drill.ts', signal)),
})

/** When the month before is closed; again the days after, should the first try have failed. */
export const archiveMonthsJob = defineJob({
  name: 'archive-months',
  data: Nothing,
  cron: '10 5 3-5 * *',
  run: async (_, { signal }) => (off ? { off } : runCommand('scripts/archive.ts', signal)),
})
