import type { Route } from 'next'
import type { Locale } from './domain/locale.ts'

/** The addresses of the back office. Each room has one here; what lies below a room is built from it. */
const room = (name: string) => (locale: Locale) => `/${locale}/admin/${name}` as Route

/** What a page of the office is asked beside its path; fields without a value are left out. */
export type OfficeQuery = Readonly<Record<string, string | readonly string[] | undefined>>

/** The same address with a query. Fields are written in the given order, a list as one field for each value. */
export function withQuery(path: Route, query: OfficeQuery): Route {
  const fields = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const values = typeof value === 'string' ? [value] : (value ?? [])
    for (const one of values) if (one !== '') fields.append(name, one)
  }
  return (fields.size === 0 ? path : `${path}?${fields}`) as Route
}

export const officePath = (locale: Locale) => `/${locale}/admin` as Route
export const officeOrdersPath = room('orders')
/** @param number the order's number, as shoppers and providers know it. */
export const officeOrderPath = (locale: Locale, number: string) => `${officeOrdersPath(locale)}/${number}` as Route
/** The form by which money of an order goes back. */
export const officeRefundPath = (locale: Locale, number: string) => `${officeOrderPath(locale, number)}/refund` as Route
export const officeShipPath = room('ship')
/** @param number the order to pack. */
export const officePackPath = (locale: Locale, number: string) => `${officeShipPath(locale)}/${number}` as Route
export const officeAuditPath = room('audit')
export const officeFiguresPath = room('figures')
/** Each part of the figures, as a file: its name is that of the part. */
export const FIGURE_FILES = ['sales', 'hours', 'ways', 'pieces', 'conversion', 'refunds', 'stock'] as const
export type FigureFile = (typeof FIGURE_FILES)[number]
export const officeFigureFilePath = (locale: Locale, file: FigureFile) =>
  `${officeFiguresPath(locale)}/${file}.csv` as Route
