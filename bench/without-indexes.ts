import type { TransactionSql } from 'postgres'

/** Does `work` while these tables have only the indexes of their constraints, and makes the others anew after it. */
export async function withoutIndexes(
  tx: TransactionSql,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const dropped = await tx<{ name: string; definition: string }[]>`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where t.relname in ${tx([...tables])} and t.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`
  for (const { name } of dropped) await tx`drop index ${tx(name)}`
  await work()
  for (const { definition } of dropped) await tx.unsafe(definition)
}
