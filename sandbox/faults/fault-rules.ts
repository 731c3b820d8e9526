import { type Book, instantOrNull, type Row, text, textOrNull, whole } from '../book/open-book.ts'
import type { Ids } from '../ids.ts'
import { FAULT_POINTS, type FaultKind, type FaultKinds, type FaultPoint } from './fault-kinds.ts'

/**
 * Written by the switchboard, read at each answer, delivery and bill. `target` is the merchant's number of one trade,
 * `method` one call of the protocol; null means any. `remaining` counts down to nothing; null strikes until removed.
 */
export const FAULT_TABLES = `
  create table if not exists fault_rules (
    id integer primary key,
    gateway text not null,
    point text not null,
    kind text not null,
    target text,
    method text,
    remaining integer,
    chance_ppm integer not null,
    value integer not null
  ) strict;
`

export interface FaultOrder {
  readonly gateway: string
  readonly point: FaultPoint
  readonly kind: string
  readonly target?: string | undefined
  readonly method?: string | undefined
  /** Default 1; null strikes until removed. */
  readonly times?: number | null | undefined
  /** 0–1, default 1. */
  readonly chance?: number | undefined
  readonly value?: number | undefined
}

export interface FaultRule {
  readonly id: bigint
  readonly gateway: string
  readonly point: string
  readonly kind: string
  readonly target: string | null
  readonly method: string | null
  readonly remaining: number | null
  readonly chance: number
  readonly value: number
}

/** What struck: its kind, and the rule's value in the unit of that kind. */
export type Struck = ReadonlyMap<string, number>

export interface FaultRules {
  add(order: FaultOrder): FaultRule
  list(): FaultRule[]
  remove(id: bigint): void
  clear(): void
  /** The faults that strike here and now, each counted down. @param looksAt which kinds; all when it is absent */
  take(place: {
    gateway: string
    point: FaultPoint
    target: string | null
    method?: string
    looksAt?: (kind: string) => boolean
  }): Struck
  /** What a gateway calls a fault, if it can have it. */
  findKind(gateway: string, point: string, kind: string): FaultKind | undefined
}

const PARTS_PER_MILLION = 1_000_000

/** @param kindsOf what can be ordered of each gateway, by its name */
export function createFaultRules(book: Book, ids: Ids, kindsOf: Readonly<Record<string, FaultKinds>>): FaultRules {
  const findKind = (gateway: string, point: string, kind: string): FaultKind | undefined => {
    const place = FAULT_POINTS.find((known) => known === point)
    const kinds = place && kindsOf[gateway]?.[place]
    return kinds && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  }
  const strike = (rule: FaultRule): boolean => {
    if (rule.chance < 1 && ids.chance() >= rule.chance) return false
    if (rule.remaining === 1) book.run('delete from fault_rules where id = ?', rule.id)
    else if (rule.remaining !== null) book.run('update fault_rules set remaining = remaining - 1 where id = ?', rule.id)
    return true
  }
  return {
    add(order) {
      const kind = findKind(order.gateway, order.point, order.kind)
      if (!kind) throw new RangeError(`${order.gateway} has no fault ${order.point}/${order.kind}`)
      const row = book.get(
        `insert into fault_rules (gateway, point, kind, target, method, remaining, chance_ppm, value)
         values (?, ?, ?, ?, ?, ?, ?, ?) returning *`,
        order.gateway,
        order.point,
        order.kind,
        order.target ?? null,
        order.method ?? null,
        order.times === undefined ? 1 : order.times,
        Math.round((order.chance ?? 1) * PARTS_PER_MILLION),
        order.value ?? kind.value?.usual ?? 0,
      )
      if (!row) throw new Error('The book did not keep the fault')
      return readRule(row)
    },
    list: () => book.all('select * from fault_rules order by id').map(readRule),
    remove: (id) => book.run('delete from fault_rules where id = ?', id),
    clear: () => book.run('delete from fault_rules'),
    findKind,
    take: ({ gateway, point, target, method, looksAt = () => true }) =>
      book.transaction(() => {
        const rules = book
          .all(
            `select * from fault_rules where gateway = ? and point = ?
             and (target is null or target = ?) and (method is null or method = ?) order by id`,
            gateway,
            point,
            target,
            method ?? null,
          )
          .map(readRule)
        const struck = new Map<string, number>()
        for (const rule of rules)
          if (!struck.has(rule.kind) && looksAt(rule.kind) && strike(rule)) struck.set(rule.kind, rule.value)
        return struck
      }),
  }
}

const readRule = (row: Row): FaultRule => ({
  id: whole(row, 'id'),
  gateway: text(row, 'gateway'),
  point: text(row, 'point'),
  kind: text(row, 'kind'),
  target: textOrNull(row, 'target'),
  method: textOrNull(row, 'method'),
  remaining: instantOrNull(row, 'remaining'),
  chance: Number(whole(row, 'chance_ppm')) / PARTS_PER_MILLION,
  value: Number(whole(row, 'value')),
})
