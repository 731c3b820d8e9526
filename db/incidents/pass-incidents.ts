import 'server-only'
import { and, inArray, lt } from 'drizzle-orm'
import { INCIDENT_KIND_NAMES, INCIDENT_KINDS } from '#lib/domain/risk/incident-kinds.ts'
import { db } from '../client.ts'
import { incidents } from './schema.ts'
import { settleOpen } from './settle-open.ts'

const PASSING = INCIDENT_KIND_NAMES.filter((kind) => INCIDENT_KINDS[kind].passes)

/** Settles what passes by itself and was not seen since `before`. @returns how many. */
export const passIncidents = (before: Date, now: Date): Promise<number> =>
  db.transaction((tx) =>
    settleOpen(
      tx,
      and(inArray(incidents.kind, PASSING), lt(incidents.lastSeenAt, before)),
      { step: 'passed', actor: 'system' },
      now,
    ),
  )
