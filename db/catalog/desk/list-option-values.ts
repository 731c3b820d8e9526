import 'server-only'
import { asc } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { optionValues } from '../schema.ts'

export type OptionValue = typeof optionValues.$inferSelect

/** Every value of every option with its names, in the order of the shop. */
export const listOptionValues = (_: Permit<'catalogue.read'>): Promise<OptionValue[]> =>
  db.select().from(optionValues).orderBy(asc(optionValues.option), asc(optionValues.position), asc(optionValues.value))
