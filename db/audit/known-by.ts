import {
  LAST_QUERY_BEFORE_DEADLINE_SECONDS,
  LEFTOVER_QUERY_EVERY_SECONDS,
  QUERY_AFTER_SECONDS,
  QUERY_MAY_TAKE_SECONDS,
} from '#lib/domain/query-schedule.ts'

const LAST = `expires_at - interval '${LAST_QUERY_BEFORE_DEADLINE_SECONDS} s'`

/** `knownBy()` of the domain, for a row of `payment_events` with its attempt. */
export const KNOWN_BY = `interval '${QUERY_MAY_TAKE_SECONDS} s' + coalesce(
  (select min(asked) from (
    select started_at + seconds * interval '1 s' from unnest(array[${QUERY_AFTER_SECONDS.join(', ')}]) as seconds
    where started_at + seconds * interval '1 s' < ${LAST}
    union all select ${LAST}
  ) as question (asked) where asked > occurred_at),
  case when occurred_at <= expires_at then expires_at else occurred_at + interval '${LEFTOVER_QUERY_EVERY_SECONDS} s' end
)`
