export const BACKUP_RUNS = ['backup', 'drill', 'archive'] as const
export type BackupRunKind = (typeof BACKUP_RUNS)[number]
