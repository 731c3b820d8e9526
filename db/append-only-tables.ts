/**
 * Tables whose rows are never changed: what happened stays as it was written, and a mistake is corrected by a further
 * row. A trigger of each refuses everybody; the shop's own role lacks the right as well (`shop-role.ts`).
 */
export const APPEND_ONLY_TABLES = [
  'audit_log',
  'audit_seals',
  'bill_file_parts',
  'incident_calls',
  'incident_steps',
  'journal_seals',
  'journals',
  'ledger_entries',
  'order_events',
  'order_notes',
  'payment_events',
  'payment_messages',
  'stock_movements',
] as const
