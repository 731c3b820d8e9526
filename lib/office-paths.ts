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
/** The files that one had the list written to. */
export const officeExportsPath = room('orders/exports')
export const officeExportFilePath = (locale: Locale, id: string) => `${officeExportsPath(locale)}/${id}` as Route
/** @param number the order's number, as shoppers and providers know it. */
export const officeOrderPath = (locale: Locale, number: string) => `${officeOrdersPath(locale)}/${number}` as Route
/** The form by which money of an order goes back. */
export const officeRefundPath = (locale: Locale, number: string) => `${officeOrderPath(locale, number)}/refund` as Route
export const officeShipPath = room('ship')
/** @param number the order to pack. */
export const officePackPath = (locale: Locale, number: string) => `${officeShipPath(locale)}/${number}` as Route
/** Leads on to the order that was scanned. */
export const officeScanPath = (locale: Locale) => `${officeShipPath(locale)}/scan` as Route
export const officeImportParcelsPath = (locale: Locale) => `${officeShipPath(locale)}/import` as Route
/** @param id of what came of a file. */
export const officeParcelImportPath = (locale: Locale, id: string) =>
  `${officeImportParcelsPath(locale)}/${id}` as Route
export const officeBadLinesPath = (locale: Locale, id: string) =>
  `${officeParcelImportPath(locale, id)}/bad-lines` as Route
export const officePickListPath = (locale: Locale) => `${officeShipPath(locale)}/pick-list` as Route
export const officeReturnsPath = room('returns')
/** @param id of a shopper's request. */
export const officeReturnPath = (locale: Locale, id: string) => `${officeReturnsPath(locale)}/${id}` as Route
export const officeReviewsPath = room('reviews')
export const officeAuditPath = room('audit')
export const officeFiguresPath = room('figures')
/** Each part of the figures, as a file: its name is that of the part. */
export const FIGURE_FILES = ['sales', 'hours', 'ways', 'pieces', 'conversion', 'refunds', 'stock'] as const
export type FigureFile = (typeof FIGURE_FILES)[number]
export const officeFigureFilePath = (locale: Locale, file: FigureFile) =>
  `${officeFiguresPath(locale)}/${file}.csv` as Route

export const officeProductsPath = room('products')
export const officeProductPath = (locale: Locale, productId: number) =>
  `${officeProductsPath(locale)}/${productId}` as Route
export const officeNewProductPath = (locale: Locale) => `${officeProductsPath(locale)}/new` as Route
/** The catalogue as a table, out and in. */
export const officeSheetsPath = room('products/sheet')
export const officeSheetFilePath = (locale: Locale) => `${officeSheetsPath(locale)}/catalogue.csv` as Route
/** @param id of a table that was uploaded. */
export const officeSheetPath = (locale: Locale, id: string) => `${officeSheetsPath(locale)}/${id}` as Route
/** Takes an uploaded picture of a piece. */
export const officePhotosPath = (locale: Locale, productId: number) =>
  `${officeProductPath(locale, productId)}/photos` as Route
export const officePhotoPath = (locale: Locale, productId: number, photoId: number) =>
  `${officePhotosPath(locale, productId)}/${photoId}` as Route
/** What was uploaded, for who cuts it anew. */
export const officeOriginalPath = (locale: Locale, productId: number, photoId: number) =>
  `${officePhotoPath(locale, productId, photoId)}/original` as Route
export const officeShelvesPath = room('shelves')
export const officeStockPath = room('stock')
export const officeStockLinePath = (locale: Locale, sku: string) =>
  `${officeStockPath(locale)}/${encodeURIComponent(sku)}` as Route
export const officeDeliveryPath = room('delivery')
export const officeSettingsPath = room('settings')
export const officeIncidentsPath = room('incidents')
export const officeStatusPath = room('status')
export const officeIncidentPath = (locale: Locale, id: string) => `${officeIncidentsPath(locale)}/${id}` as Route
export const officePromotionsPath = room('promotions')
export const officePaymentsPath = room('payments')
export const officeMessagesPath = room('payments/messages')
export const officeMessagePath = (locale: Locale, id: string) => `${officeMessagesPath(locale)}/${id}` as Route
export const officeBillsPath = room('payments/bills')
/** @param day `yyyy-MM-dd` of the provider's calendar. */
export const officeBillDayPath = (locale: Locale, provider: string, day: string) =>
  `${officeBillsPath(locale)}/${provider}/${day}` as Route
export const officeBillFilePath = (locale: Locale, provider: string, day: string) =>
  `${officeBillDayPath(locale, provider, day)}/file` as Route
export const officeDifferencePath = (locale: Locale, id: string) =>
  `${room('payments/differences')(locale)}/${id}` as Route
export const officeMonthsPath = room('payments/months')
export const officeMonthsFilePath = room('payments/months/csv')
export const officeCustomersPath = room('customers')
export const officeCustomerPath = (locale: Locale, customerId: string) =>
  `${officeCustomersPath(locale)}/${customerId}` as Route
export const officeStaffPath = room('staff')
export const officeCouponPath = (locale: Locale, couponId: number) =>
  `${officePromotionsPath(locale)}/${couponId}` as Route
