import 'server-only'
import { and, eq, max, sql } from 'drizzle-orm'
import { productTag } from '#lib/domain/cache-tags.ts'
import type { LocalizedText } from '#lib/domain/locale.ts'
import type { Option } from '#lib/domain/options.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { db } from '../../client.ts'
import { invalidateTags } from '../../invalidations/invalidate-tags.ts'
import { optionValues, products, variants } from '../schema.ts'

/** Names a value of an option ("glaze" = "celadon"), or adds it behind the others. Its pieces are rendered anew. */
export async function saveOptionValue(
  permit: Permit<'catalogue.edit'>,
  { option, value, name }: { readonly option: Option; readonly value: string; readonly name: LocalizedText },
): Promise<void> {
  await db.transaction(async (tx) => {
    const isIt = and(eq(optionValues.option, option), eq(optionValues.value, value))
    const [before] = await tx.select({ name: optionValues.name }).from(optionValues).where(isIt).for('update')
    const [last] = await tx
      .select({ position: max(optionValues.position) })
      .from(optionValues)
      .where(eq(optionValues.option, option))
    await tx
      .insert(optionValues)
      .values({ option, value, name, position: (last?.position ?? -1) + 1 })
      .onConflictDoUpdate({ target: [optionValues.option, optionValues.value], set: { name } })
    const showing = await tx
      .selectDistinct({ slug: products.slug })
      .from(products)
      .innerJoin(variants, eq(variants.productId, products.id))
      .where(sql`${variants.options} ->> ${option}::text = ${value}`)
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'option.save',
      about: { kind: 'option', id: `${option}:${value}` },
      before,
      after: { name },
    })
    await invalidateTags(
      tx,
      showing.map(({ slug }) => productTag(slug)),
    )
  })
}
